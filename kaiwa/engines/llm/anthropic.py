"""Anthropic's models over its Messages API."""

from anthropic import AsyncAnthropic
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.providers.anthropic import AnthropicProvider

from kaiwa.engines.llm import ModelAccount
from kaiwa.engines.llm.bounded import client
from kaiwa.engines.llm.provider_model import ProviderModel

OWN_HOST = "https://api.anthropic.com"


def opened(account: ModelAccount) -> ProviderModel:
    """The model."""
    http = client()
    # Host and key are named, so that no variable of the machine can replace them.
    sdk = AsyncAnthropic(
        api_key=account.key or "none", base_url=account.base_url or OWN_HOST, http_client=http
    )
    return ProviderModel(
        AnthropicModel(account.name, provider=AnthropicProvider(anthropic_client=sdk)), http
    )

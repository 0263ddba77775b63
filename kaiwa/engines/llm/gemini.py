"""Google's Gemini models over the Gemini API."""

from pydantic_ai.models.google import GoogleModel
from pydantic_ai.providers.google import GoogleProvider

from kaiwa.engines.llm import ModelAccount
from kaiwa.engines.llm.bounded import client
from kaiwa.engines.llm.provider_model import ProviderModel

OWN_HOST = "https://generativelanguage.googleapis.com"


def opened(account: ModelAccount) -> ProviderModel:
    """The model."""
    http = client()
    # Host and key are named, so that no variable of the machine can replace them.
    provider = GoogleProvider(
        api_key=account.key or "none", base_url=account.base_url or OWN_HOST, http_client=http
    )
    return ProviderModel(GoogleModel(account.name, provider=provider), http)

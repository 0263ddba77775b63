"""OpenAI, and every server that speaks its chat completions: vLLM, llama.cpp, Ollama, gateways."""

from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

from kaiwa.engines.llm import ModelAccount
from kaiwa.engines.llm.bounded import client
from kaiwa.engines.llm.provider_model import ProviderModel

OWN_HOST = "https://api.openai.com/v1"
NO_KEY = "none"


def opened(account: ModelAccount) -> ProviderModel:
    """The model; a server of one's own may need no key."""
    http = client()
    key = account.key or NO_KEY
    if account.base_url is None:
        # Named, or an OPENAI_BASE_URL of the machine would take every shop's words elsewhere.
        own = OpenAIProvider(base_url=OWN_HOST, api_key=key, http_client=http)
        return ProviderModel(OpenAIChatModel(account.name, provider=own), http)
    other = OpenAICompatibleProvider(
        "compatible", base_url=account.base_url, api_key=key, http_client=http
    )
    return ProviderModel(OpenAIChatModel(account.name, provider=other), http)

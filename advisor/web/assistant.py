"""The tools for assistants over standard input and output, by the protocol's own library."""

from __future__ import annotations

from collections.abc import Iterable

import anyio
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListResourcesResult,
    ListToolsResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    TextContent,
    TextResourceContents,
    Tool,
    ToolAnnotations,
)

from advisor.answers import AnswerError, quoted
from advisor.json_text import json_line
from advisor.rulebase.problems import did_you_mean
from advisor.version import __version__
from advisor.web.setting import Setting
from advisor.web.tools import TOOLS, call, input_schema, resource, resources

JSON = "application/json"


def server(setting: Setting) -> Server[object]:
    """A server that answers each call from what stands in it, and keeps nothing."""
    rules = setting.rules
    tools = [
        Tool(
            name=each.name,
            title=each.title,
            description=each.about,
            input_schema=input_schema(each, rules),
            annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
        )
        for each in TOOLS.values()
    ]
    readable = [
        Resource(uri=address, name=address.partition("://")[2], title=title, mime_type=JSON)
        for address, title in resources(rules).items()
    ]

    async def list_tools(_: object, __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=tools)

    async def call_tool(_: object, asked: CallToolRequestParams) -> CallToolResult:
        return called(asked.name, asked.arguments or {}, setting)

    async def list_resources(_: object, __: PaginatedRequestParams | None) -> ListResourcesResult:
        return ListResourcesResult(resources=readable)

    async def read_resource(_: object, asked: ReadResourceRequestParams) -> ReadResourceResult:
        try:
            text = json_line(resource(asked.uri, rules)).decode()
        except AnswerError as error:
            raise MCPError(INVALID_PARAMS, str(error)) from None
        contents = TextResourceContents(uri=asked.uri, mime_type=JSON, text=text)
        return ReadResourceResult(contents=[contents])

    return Server(
        rules.name,
        version=__version__,
        title=rules.title,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_read_resource=read_resource,
    )


def called(name: str, arguments: dict[str, object], setting: Setting) -> CallToolResult:
    """The result of a call: JSON, or every problem with it, a line each."""
    if name not in TOOLS:
        return _refused([f"unknown tool {quoted(name)} ({did_you_mean(name[:60], TOOLS)})"])
    try:
        document = call(name, arguments, setting)
    except AnswerError as error:
        return _refused(error.problems)
    text = json_line(document).decode()
    return CallToolResult(content=[TextContent(text=text)], structured_content=document)


def _refused(problems: Iterable[str]) -> CallToolResult:
    lines = "\n".join(dict.fromkeys(problems))
    return CallToolResult(content=[TextContent(text=lines)], is_error=True)


def serve(setting: Setting) -> None:
    """Answer on standard input and output until the other side ends it."""

    async def answer() -> None:
        made = server(setting)
        async with stdio_server() as (incoming, outgoing):
            await made.run(incoming, outgoing, made.create_initialization_options())

    anyio.run(answer)

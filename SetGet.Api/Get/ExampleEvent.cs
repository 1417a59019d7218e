namespace SetGet.Api.Get;

/// <summary>An event as the examples of the OpenAPI document have it.</summary>
internal static class ExampleEvent
{
    public const string Id = "019a1b2c-3d4e-7f50-8a1b-2c3d4e5f6a7b";

    public const string Json =
        $$$"""{"id":"{{{Id}}}","flowId":"orders","acceptedAt":"2026-01-31T12:00:00.123Z","expiresAt":"2026-02-01T12:00:00.123Z","contentType":"application/json","data":{"total":1.10}}""";
}

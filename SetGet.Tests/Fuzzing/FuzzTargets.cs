using SetGet.Tests.Fuzzing.Targets;

namespace SetGet.Tests.Fuzzing;

/// <summary>All that is fuzzed.</summary>
internal static class FuzzTargets
{
    private static readonly Func<FuzzTarget>[] Makers =
    [
        static () => new EnvelopeTarget(),
        static () => new RequestTarget(),
        static () => new WebhookTarget(),
        static () => new KeyRulesTarget(),
        static () => new FormTarget(),
        static () => new SourceTarget(),
        static () => new SignatureTarget(),
        static () => new NamesTarget(),
        static () => new LambdaTarget(),
        static () => new StoredTarget(),
        static () => new SecretTarget(),
        static () => new SqsTarget(),
        static () => new TemplateTarget(),
        static () => new CloudFormationTarget(),
        static () => new GatewayTarget(),
    ];

    /// <summary>New ones: some hold what an input has left behind.</summary>
    public static IReadOnlyList<FuzzTarget> Create() => [.. Makers.Select(make => make())];
}

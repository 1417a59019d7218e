using Gateway.Access;
using Aws.Lambda;
using Sqs.Storage;

namespace Aws;

/// <summary>The command line.</summary>
internal sealed record ServerOptions
{
    /// <summary>CloudFormation templates, YAML or JSON. What they declare is created at start.</summary>
    public IReadOnlyList<string> Templates { get; init; } = [];

    /// <summary>Values of template parameters, by name.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Loopback port of SQS; 0 for any free one.</summary>
    public int Port { get; init; } = 5082;

    /// <summary>Loopback port of API Gateway; null: there is none.</summary>
    public int? GatewayPort { get; init; }

    /// <summary>API keys that the templates leave without a value, or do not know.</summary>
    public IReadOnlyList<GivenApiKey> ApiKeys { get; init; } = [];

    /// <summary>A function that a queue invokes; null: there is none.</summary>
    public LambdaOptions? Lambda { get; init; }

    /// <summary>Folder that keeps the messages; null: they are in memory only.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The size of its logs, in bytes, from which on a snapshot replaces them (or twice the last snapshot, if that is more).</summary>
    public long CompactAtBytes { get; init; } = Compactor.DefaultLogBytes;

    /// <summary>A deleted queue's name, and a second purge, are refused for a minute, as SQS does.</summary>
    public bool MinuteLimits { get; init; }
}

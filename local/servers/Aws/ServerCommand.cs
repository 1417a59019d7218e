using System.CommandLine;
using System.CommandLine.Parsing;
using Aws.Lambda;
using Gateway.Access;
using Sqs;

namespace Aws;

/// <summary>The command line.</summary>
/// <param name="Templates">CloudFormation templates, YAML or JSON. What they declare is created at start.</param>
/// <param name="Parameters">Values of template parameters, by name.</param>
/// <param name="Port">Loopback port of SQS; 0 for any free one.</param>
/// <param name="GatewayPort">Loopback port of API Gateway; null: there is none.</param>
/// <param name="ApiKeys">API keys that the templates leave without a value, or do not know.</param>
/// <param name="Sqs">How SQS is run.</param>
/// <param name="Lambda">A function that a queue invokes; null: there is none.</param>
internal sealed record ServerOptions(
    IReadOnlyList<string> Templates, IReadOnlyDictionary<string, string> Parameters, int Port, int? GatewayPort, IReadOnlyList<GivenApiKey> ApiKeys,
    SqsOptions Sqs, LambdaOptions? Lambda);

/// <summary>Parses the command line and runs the server.</summary>
internal static class ServerCommand
{
    private static readonly SqsOptions Default = new();
    private static readonly Option<string[]> Template =
        Of<string[]>("--template", "CloudFormation template (YAML or JSON) whose queues and APIs are served. May be repeated.");
    private static readonly Option<int> Port = Of("--port", "Loopback port of SQS; 0 for any free one.", 5082);
    private static readonly Option<int?> GatewayPort = Of<int?>("--gateway-port", "Loopback port of API Gateway. Without it there is none.");
    private static readonly Option<string?> Data = Of<string?>("--data", "Folder that keeps the messages. Without it they are in memory only.");
    private static readonly Option<long> CompactAt = Of(
        "--compact-at", "Bytes of logs in the data folder from which on a snapshot replaces them, or twice the last snapshot if that is more.",
            Default.CompactAtBytes);
    private static readonly Option<Dictionary<string, string>> Parameter = Of<Dictionary<string,
        string>>("--parameter", "NAME=VALUE of a template parameter. May be repeated.");
    private static readonly Option<List<GivenApiKey>> ApiKey = Of<List<GivenApiKey>>(
        "--api-key", "NAME=VALUE or NAME=VALUE:ID. NAME is an AWS::ApiGateway::ApiKey of a template, which gets the value, or else a key of the first "
            + "usage plan.");
    private static readonly Option<int?> LambdaPort = Of<int?>(
        "--lambda-port", "Loopback port of Lambda's Runtime API, for a function that --lambda-queue invokes. Without it there is none.");
    private static readonly Option<string?> Queue = Of<string?>("--lambda-queue", "Name of the queue whose messages invoke the function.");
    private static readonly Option<int> BatchSize = Of("--lambda-batch-size", "Messages of one invocation at most.", 10);
    private static readonly Option<int> LambdaTimeout =
        Of("--lambda-timeout", "Seconds that an invocation may take; at most the queue's visibility timeout.", 30);

    public static RootCommand Create()
    {
        CompactAt.Validators.Add(AtLeastOneByte);
        Parameter.CustomParser = ParsePairs;
        ApiKey.CustomParser = ParseKeys;
        Parameter.Arity = ApiKey.Arity = ArgumentArity.ZeroOrMore;
        var command = new RootCommand("Amazon SQS and API Gateway on this machine, from CloudFormation templates.")
        {
            Template, Port, GatewayPort, Data, CompactAt, Parameter, ApiKey,
            LambdaPort, Queue, BatchSize, LambdaTimeout,
        };
        command.SetAction((result, cancellationToken) => ServerHost.RunAsync(() => Options(result), Console.Out, cancellationToken));
        return command;
    }

    private static Option<T> Of<T>(string name, string description) => new(name) { Description = description };

    private static Option<T> Of<T>(string name, string description, T otherwise)
        => new(name) { Description = description, DefaultValueFactory = _ => otherwise };

    private static ServerOptions Options(ParseResult result) => new(
        result.GetValue(Template) ?? [], result.GetValue(Parameter) ?? [], result.GetValue(Port), result.GetValue(GatewayPort), result.GetValue(ApiKey) ?? [],
        new SqsOptions { DataFolder = result.GetValue(Data), CompactAtBytes = result.GetValue(CompactAt) },
        result.GetValue(LambdaPort) is { } port ? Lambda(result, port) : null);

    private static LambdaOptions Lambda(ParseResult result, int port) => new()
    {
        Port = port,
        Queue = result.GetValue(Queue) ?? throw new LambdaException("--lambda-port needs --lambda-queue: the name of the queue that invokes the function."),
        BatchSize = result.GetValue(BatchSize),
        Timeout = TimeSpan.FromSeconds(result.GetValue(LambdaTimeout)),
    };

    private static void AtLeastOneByte(OptionResult result)
    {
        if (result.GetValueOrDefault<long>() < 1) result.AddError("--compact-at takes a number of bytes, 1 or more.");
    }

    private static Dictionary<string, string> ParsePairs(ArgumentResult result)
        => Parse(result, "--parameter takes NAME=VALUE", text => text.Split('=', 2) is [{ Length: > 0 }, _] pair ? pair : null)
            .ToLookup(pair => pair[0], pair => pair[1]).ToDictionary(values => values.Key, values => values.Last());

    private static List<GivenApiKey> ParseKeys(ArgumentResult result)
        => Parse(result, "--api-key takes NAME=VALUE or NAME=VALUE:ID", text => GivenApiKey.TryParse(text, out var key) ? key : null);

    private static List<T> Parse<T>(ArgumentResult result, string rule, Func<string, T?> parse) where T : class
    {
        var parsed = new List<T>();
        foreach (var token in result.Tokens)
        {
            if (parse(token.Value) is { } value) parsed.Add(value);
            else result.AddError($"{rule}, not '{token.Value}'.");
        }

        return parsed;
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using Gateway.Access;
using Aws.Lambda;
using Sqs.Storage;

namespace Aws;

/// <summary>Parses the command line and runs the server.</summary>
internal static class ServerCommand
{
    private static readonly Option<string[]> Template = new("--template")
    {
        Description = "CloudFormation template (YAML or JSON) whose queues and APIs are served. May be repeated.",
    };

    private static readonly Option<int> Port = new("--port")
    {
        Description = "Loopback port of SQS; 0 for any free one.",
        DefaultValueFactory = _ => 5082,
    };

    private static readonly Option<int?> GatewayPort = new("--gateway-port")
    {
        Description = "Loopback port of API Gateway. Without it there is none.",
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder that keeps the messages. Without it they are in memory only.",
    };

    private static readonly Option<long> CompactAt = new("--compact-at")
    {
        Description = "Bytes of logs in the data folder from which on a snapshot replaces them, or twice the last snapshot if that is more.",
        DefaultValueFactory = _ => Compactor.DefaultLogBytes,
        Validators = { AtLeastOneByte },
    };

    private static readonly Option<bool> MinuteLimits = new("--minute-limits")
    {
        Description = "Refuse what SQS refuses for 60 seconds: a deleted queue's name (QueueDeletedRecently), a second purge (PurgeQueueInProgress).",
    };

    private static readonly Option<Dictionary<string, string>> Parameter = new("--parameter")
    {
        Description = "NAME=VALUE of a template parameter. May be repeated.",
        CustomParser = ParsePairs,
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private static readonly Option<List<GivenApiKey>> ApiKey = new("--api-key")
    {
        Description = "NAME=VALUE or NAME=VALUE:ID. NAME is an AWS::ApiGateway::ApiKey of a template, which gets the value, or else a key of the first usage plan.",
        CustomParser = ParseKeys,
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public static RootCommand Create()
    {
        var command = new RootCommand("Amazon SQS and API Gateway on this machine, from CloudFormation templates.")
        {
            Template, Port, GatewayPort, Data, CompactAt, MinuteLimits, Parameter, ApiKey,
        };
        foreach (var option in LambdaCommand.Options) command.Options.Add(option);
        command.SetAction((result, cancellationToken) => ServerHost.RunAsync(() => Options(result), Console.Out, cancellationToken));
        return command;
    }

    private static ServerOptions Options(ParseResult result) => new()
    {
        Templates = result.GetValue(Template) ?? [],
        Port = result.GetValue(Port),
        GatewayPort = result.GetValue(GatewayPort),
        DataFolder = result.GetValue(Data),
        CompactAtBytes = result.GetValue(CompactAt),
        MinuteLimits = result.GetValue(MinuteLimits),
        Parameters = result.GetValue(Parameter) ?? [],
        ApiKeys = result.GetValue(ApiKey) ?? [],
        Lambda = LambdaCommand.Read(result),
    };

    private static void AtLeastOneByte(OptionResult result)
    {
        if (result.GetValueOrDefault<long>() < 1) result.AddError("--compact-at takes a number of bytes, 1 or more.");
    }

    private static Dictionary<string, string> ParsePairs(ArgumentResult result)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var token in result.Tokens)
        {
            var equals = token.Value.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) result.AddError($"--parameter takes NAME=VALUE, not '{token.Value}'.");
            else pairs[token.Value[..equals]] = token.Value[(equals + 1)..];
        }

        return pairs;
    }

    private static List<GivenApiKey> ParseKeys(ArgumentResult result)
    {
        var keys = new List<GivenApiKey>();
        foreach (var token in result.Tokens)
        {
            if (GivenApiKey.TryParse(token.Value, out var key)) keys.Add(key);
            else result.AddError($"--api-key takes NAME=VALUE or NAME=VALUE:ID, not '{token.Value}'.");
        }

        return keys;
    }
}

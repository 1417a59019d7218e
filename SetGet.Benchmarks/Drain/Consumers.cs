using SetGet.Benchmarks.Peers;
using SetGet.Benchmarks.Processes;
using SetGet.Benchmarks.Set;

namespace SetGet.Benchmarks.Drain;

/// <summary>The worker, and those that it is compared with.</summary>
internal static class Consumers
{
    private static readonly Dictionary<string, string> NodeEnvironment = new() { ["NODE_ENV"] = "production" };

    /// <param name="environment">In place of the backbone's, where it differs.</param>
    internal static Consumer Worker(
        Backbone backbone, string name = "SetGet.Worker", int processes = 1, IReadOnlyDictionary<string, string>? environment = null) => new(name, async cancellationToken =>
        await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => StartWorkerAsync(backbone, environment, cancellationToken))));

    internal static async Task<Server> StartWorkerAsync(
        Backbone backbone, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken)
        => (await backbone.StartServiceAsync("SetGet.Worker", cancellationToken, environment, ready: "/alive")).Server;

    /// <summary>Four consumers as a team would write them for Node.</summary>
    internal static async Task<Consumer> NodeAsync(Backbone backbone, CancellationToken cancellationToken)
    {
        var script = await NodePeer.ScriptAsync("drain.mjs", cancellationToken);
        return new("4 x sqs-consumer, ioredis", token => StartAsync(backbone, NodePeer.Node(), script, NodeEnvironment, token));
    }

    /// <summary>The batch handler of a Lambda function in Python, with the loop around it that Lambda is.</summary>
    /// <exception cref="MissingToolException">Python, or a module of it, is missing.</exception>
    internal static async Task<Consumer> PythonAsync(Backbone backbone, CancellationToken cancellationToken)
    {
        var python = await PythonPeer.FindAsync(cancellationToken);
        return new("boto3, redis-py", token => StartAsync(backbone, python, PythonPeer.Script("drain.py"), [], token), OneIn: 5);
    }

    /// <summary>The limit: messages are received and deleted, by the worker's own client and with as many at once, and nothing is done with them.</summary>
    internal static Consumer Bare(Backbone backbone) => new("receive and delete alone", async token =>
    {
        string[] arguments = [Repository.Assembly("SetGet.Benchmarks"), BareConsumer.CommandName, backbone.QueueUrl];
        return [await Server.StartAsync("dotnet", arguments, static _ => Task.FromResult(true), token)];
    }, Stores: false);

    private static async Task<IReadOnlyList<Server>> StartAsync(
        Backbone backbone, string program, string script, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var url = FreeUrl();
        string[] arguments = [script, $"{new Uri(url).Port}", backbone.SqsUrl, backbone.QueueUrl, backbone.Redis.Address];
        return [await Server.StartAsync(program, arguments, Server.Answers(backbone.Http, url), cancellationToken, environment)];
    }

    private static string FreeUrl() => $"http://127.0.0.1:{Server.FreePort()}";
}

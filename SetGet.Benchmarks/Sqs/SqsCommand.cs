using System.CommandLine;
using SetGet.Benchmarks.Reports;

namespace SetGet.Benchmarks.Sqs;

/// <summary><c>sqs</c>: the local SQS server against its peer.</summary>
internal static class SqsCommand
{
    /// <summary>Rounds that do not count: compilers, which need some seconds for their best, and caches.</summary>
    private const int WarmUpRounds = 12;

    /// <summary>Messages a round for a peer that syncs them one by one.</summary>
    private const int FewMessages = 4000;

    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each server.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Messages = new("--messages") { Description = "Messages a round.", DefaultValueFactory = _ => 40_000 };
    private static readonly Option<int> Connections = new("--connections") { Description = "Connections.", DefaultValueFactory = _ => 16 };

    private static readonly Option<bool> PeerOnDisk =
        new("--peer-on-disk") { Description = $"The peer keeps its messages on disk too; {FewMessages} messages a round then." };

    internal static Command Create()
    {
        var command = new Command("sqs", "The local SQS server, with its messages on disk, against fauxqs.") { Rounds, Messages, Connections, PeerOnDisk };
        command.SetAction((options, cancellationToken) =>
        {
            var onDisk = options.GetValue(PeerOnDisk);
            var messages = onDisk ? FewMessages : options.GetValue(Messages);
            return RunAsync(options.GetValue(Rounds), messages, options.GetValue(Connections), onDisk, cancellationToken);
        });
        return command;
    }

    private static async Task RunAsync(int rounds, int messages, int connections, bool peerOnDisk, CancellationToken cancellationToken)
    {
        SqsLoad.UseOneThread();
        using var local = await SqsTarget.LocalAsync(cancellationToken);
        using var peer = await SqsTarget.FauxqsAsync(peerOnDisk, cancellationToken);

        var send = new Comparison($"send, batches of {SqsLoad.BatchSize}", "messages/s", local.Name, peer.Name);
        var receive = new Comparison($"receive and delete, batches of {SqsLoad.BatchSize}", "messages/s", local.Name, peer.Name);
        var sendCost = new Comparison("processor time of the server, send", "µs/batch", local.Name, peer.Name);
        var receiveCost = new Comparison("processor time of the server, receive and delete", "µs/batch", local.Name, peer.Name);
        await Interleaved.RunAsync("sqs", rounds + WarmUpRounds, [local, peer], async (target, round) =>
        {
            var sent = await target.Load.SendAsync(messages, connections, cancellationToken);
            var received = await target.Load.ReceiveAndDeleteAsync(messages, connections, cancellationToken);
            if (round < WarmUpRounds)
                return;
            send.Add(target.Name, sent.MessagesPerSecond);
            receive.Add(target.Name, received.MessagesPerSecond);
            sendCost.Add(target.Name, sent.ProcessorMicroseconds);
            receiveCost.Add(target.Name, received.ProcessorMicroseconds);
        });

        Report.Write(
            peerOnDisk ? "sqs-disk" : "sqs",
            $"SQS{(peerOnDisk ? ", both on disk" : "")}: {messages} messages of {SqsLoad.BodyBytes} bytes a round, {connections} connections, raw HTTP in the JSON protocol",
            [send, receive, sendCost, receiveCost]);
    }
}

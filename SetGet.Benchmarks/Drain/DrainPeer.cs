using SetGet.Benchmarks.Reports;

namespace SetGet.Benchmarks.Drain;

/// <summary>What the worker is compared with, and the figures of both.</summary>
internal sealed class DrainPeer(string section, Goal goal, Consumer peer, Consumer ours)
{
    private readonly Comparison _rate = new("messages taken", "messages/s", ours.Name, peer.Name, goal);
    private readonly Comparison _consumer = new("processor time of the consumer", "µs/message", ours.Name, peer.Name);
    private readonly Comparison _redis = new("of redis-server", "µs/message", ours.Name, peer.Name);
    private readonly Comparison _sqs = new("of the local SQS", "µs/message", ours.Name, peer.Name);

    internal Consumer Consumer => peer;

    private string Heading => peer.Stores ? $"Drain beside {peer.Name}" : "Drain beside the limit";

    internal void Add(Consumer consumer, DrainRate rate)
    {
        if (consumer != peer && consumer != ours) return;
        _rate.Add(consumer.Name, rate.PerSecond);
        _consumer.Add(consumer.Name, rate.Consumer);
        if (peer.Stores) _redis.Add(consumer.Name, rate.Redis);
        _sqs.Add(consumer.Name, rate.Sqs);
    }

    internal void Report(int messages)
    {
        var fewer = peer.OneIn > 1 ? $" (1 in {peer.OneIn} of them for {peer.Name}, which is slow)" : "";
        Reports.Report.Write(
            section,
            $"{Heading}: {messages:N0} messages of 1 KB{fewer}, each under one of {Messages.Keys:N0} keys; the second half of them counts",
            peer.Stores ? [_rate, _consumer, _redis, _sqs] : [_rate, _consumer, _sqs]);
    }
}

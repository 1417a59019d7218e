using System.Diagnostics;
using System.Diagnostics.Metrics;
using Amazon.SQS;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SetGet.Core.Accounts;
using SetGet.Core.Queues;
using SetGet.Core.Senders;
using SetGet.Core.Signing;
using SetGet.Tests.Core;
using SetGet.Worker.Processing;
using SetGet.Worker.Telemetry;

namespace SetGet.Tests.Worker;

/// <summary>An event's trace goes on across the queue.</summary>
public sealed class TraceTests
{
    private const string One = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string Two = "00-1af7651916cd43dd8448eb211c80319c-c7ad6b7169203331-01";

    [Theory, OnRedis, OnGarnet]
    public async Task Batch_OfOneTrace_ContinuesItWithReceiveProcessAndStore(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var spans = await ProcessAsync(f, One);
        Assert.All(spans, s => Assert.Equal("0af7651916cd43dd8448eb211c80319c", s.TraceId.ToHexString()));
        var receive = Assert.Single(spans, s => s.OperationName.StartsWith("receive ", StringComparison.Ordinal));
        var process = Assert.Single(spans, s => s.OperationName.StartsWith("process ", StringComparison.Ordinal));
        var store = Assert.Single(spans, s => s.OperationName == "store event");
        Assert.Equal("b7ad6b7169203331", receive.ParentSpanId.ToHexString());
        Assert.Equal("b7ad6b7169203331", process.ParentSpanId.ToHexString());
        Assert.Equal(process.SpanId, store.ParentSpanId);
        Assert.Equal(receive.Context, Assert.Single(process.Links).Context);
        Assert.Equal(ActivityKind.Consumer, process.Kind);
        Assert.Equal("aws_sqs", process.GetTagItem("messaging.system"));
        Assert.Equal("process", process.GetTagItem("messaging.operation.type"));
    }

    [Theory, OnRedis, OnGarnet]
    public async Task Batch_OfSeveralTraces_IsReceivedInATraceOfItsOwnWithLinks(string server)
    {
        var f = await StoreFixture.CreateAsync(server);
        var spans = await ProcessAsync(f, One, Two);
        var receive = Assert.Single(spans, s => s.OperationName.StartsWith("receive ", StringComparison.Ordinal));
        Assert.Equal(default, receive.ParentSpanId);
        Assert.Equal(["b7ad6b7169203331", "c7ad6b7169203331"], receive.Links.Select(l => l.Context.SpanId.ToHexString()));
        Assert.Equal(2, receive.GetTagItem("messaging.batch.message_count"));
        var processes = spans.Where(s => s.Kind == ActivityKind.Consumer).ToList();
        Assert.Equal(["b7ad6b7169203331", "c7ad6b7169203331"], processes.Select(p => p.ParentSpanId.ToHexString()).Order(StringComparer.Ordinal));
    }

    private static async Task<List<Activity>> ProcessAsync(StoreFixture f, params string[] traceParents)
    {
        var messages = traceParents.Select((t, i) =>
        {
            var envelope = f.Envelope($"{i}", f.Time.Now + i);
            return new QueueMessage($"{f.Account}-{i}", "handle", WorkerStack.Text(envelope with { Head = envelope.Head with { TraceParent = t } }), 1, null, null);
        }).ToList();

        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "SetGet.Worker" or "SetGet.Core",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => { lock (spans) spans.Add(span); },
        };
        ActivitySource.AddActivityListener(listener);
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new WorkerMetrics(services.GetRequiredService<IMeterFactory>(), new OldestMessage(f.Time), f.Time);
        var urls = new QueueOptions { EventsQueueUrl = "http://localhost/events", DeadLetterQueueUrl = "http://localhost/dead-letters" };
        using var sqs = new AmazonSQSClient("id", "secret", new AmazonSQSConfig { ServiceURL = "http://localhost" });
        var workerSpans = new WorkerSpans(new EventQueues(sqs, Options.Create(urls)), f.Time);
        var limits = new AccountLimits(f.Calls, f.Directory, Options.Create(new LimitSettings()), f.Time);
        var doors = new FlowDoors(
            new FlowSecrets(f.Calls, f.Directory, f.Time), new FlowSources(f.Calls, f.Directory, f.Time), Options.Create(new WebhookOptions()));
        var envelopes = new EnvelopeCheck(new ApiKeyStore(f.Calls, f.Directory, f.Time), limits, doors, new ConfigurationBuilder().Build(), f.Time);
        var strangers = new Strangers(new StrangerBudget(f.Calls, f.Time), metrics, NullLogger<Strangers>.Instance);
        var check = new ItemCheck(envelopes, strangers, new DeliveryNotes(new RecentDeliveries(f.Calls, doors), envelopes, f.Time), new FlowDirectory(f.Calls, f.Time));
        var processor = new BatchProcessor(f.Writer, check, new Outcomes(metrics, new RecentEvents(f.Calls), NullLogger<Outcomes>.Instance), metrics, workerSpans);
        var results = await processor.ProcessAsync(messages, f.Time.GetUtcNow(), CancellationToken.None);
        Assert.All(results, r => Assert.Equal(Disposition.Done, r.Disposition));

        // Other tests of this process may be storing at the same time: their spans are not of this account.
        lock (spans) return [.. spans.Where(s => s.OperationName.StartsWith("receive ", StringComparison.Ordinal) || Equals(s.GetTagItem("setget.account"), f.Account))];
    }
}

using Fixture = SetGet.Tests.ServiceDefaults.ExportedTelemetryFixture;

namespace SetGet.Tests.ServiceDefaults;

/// <summary>What really leaves the processes: as a collector gets it.</summary>
[Needs(Needs.Stack)]
public sealed class ExportedTelemetryTests(ExportedTelemetryFixture fixture) : IClassFixture<ExportedTelemetryFixture>
{
    private OtlpCollector Collector => fixture.Collector;

    public static TheoryData<string, string, string> Instruments { get; } = new()
    {
        { "SetGet.Api", "setget.events.accepted", "{event}" },
        { "SetGet.Worker", "setget.events.stored", "{event}" },
        { "SetGet.Worker", "setget.events.duplicate", "{event}" },
        { "SetGet.Worker", "setget.events.late", "{event}" },
        { "SetGet.Worker", "setget.events.expired", "{event}" },
        { "SetGet.Worker", "setget.events.dead_lettered", "{event}" },
        { "SetGet.Api", "setget.events.taken", "{event}" },
        { "SetGet.Api", "setget.reads", "{read}" },
        { "SetGet.Api", "setget.accept.duration", "s" },
        { "SetGet.Worker", "setget.accepted_to_stored.duration", "s" },
        { "SetGet.Api", "setget.get.duration", "s" },
        { "SetGet.Worker", "setget.queue.oldest_message.age", "s" },
        { "SetGet.Worker", "setget.queue.wait.duration", "s" },
        { "SetGet.Worker", "setget.dead_letters", "{message}" },
        { "SetGet.Api", "setget.keys.live", "{key}" },
        { "SetGet.Worker", "setget.receive.batch.size", "{message}" },
        { "SetGet.Api", "setget.send.batch.size", "{event}" },
        { "SetGet.Core", "setget.store.round_trips", "{round_trip}" },
    };

    [Theory]
    [MemberData(nameof(Instruments))]
    public async Task Instrument_WithUnitAndDescription_IsMeasured(string meter, string name, string unit)
    {
        await Collector.UntilAsync(c => c.Points.Any(p => p.Name == name && p.Value > 0), $"a measurement of {name} above zero");
        var point = Collector.Points.First(p => p.Name == name);
        Assert.Equal((meter, unit), (point.Meter, point.Unit));
        Assert.NotEmpty(point.Description);
    }

    [Theory]
    [InlineData("setget.queue.depth", "{message}")]
    [InlineData("setget.queue.in_flight", "{message}")]
    [InlineData("setget.queue.oldest_message.age", "s")]
    public async Task Gauge_OfAnEmptyQueue_IsZero(string name, string unit)
    {
        await Collector.UntilAsync(c => c.Points.Any(p => p.Name == name && p.Unit == unit && p.Value == 0), $"{name} of zero");
    }

    [Fact]
    public async Task Counters_ByTheirTags_TellReasonsAndMisses()
    {
        await Collector.UntilAsync(c => Has(c, "setget.events.dead_lettered", "setget.reason", "not-json"), "a dead letter with its reason");
        await Collector.UntilAsync(c => Has(c, "setget.reads", "setget.found", true) && Has(c, "setget.reads", "setget.found", false), "a hit and a miss");
        static bool Has(OtlpCollector collector, string name, string tag, object value)
            => collector.Points.Any(p => p.Name == name && p.Value > 0 && p.Tags.TryGetValue(tag, out var found) && found.Equals(value));
    }

    [Fact]
    public async Task Event_ThroughTheApi_IsOneTraceFromTheSenderToRedis()
    {
        await UntilStoredAsync(Fixture.ThroughApi.Trace);
        var accept = One(Fixture.ThroughApi.Trace, "POST /set");
        var create = One(Fixture.ThroughApi.Trace, "create setget-events");
        var send = One(Fixture.ThroughApi.Trace, "send setget-events");
        Assert.Equal(("api", OtlpSpan.Server, Fixture.ThroughApi.Span), (accept.Service, accept.Kind, accept.Parent));
        Assert.Equal(("api", OtlpSpan.Producer, accept.Id), (create.Service, create.Kind, create.Parent));
        Assert.Equal(("api", OtlpSpan.Client, create.Id), (send.Service, send.Kind, send.Parent));
        Assert.Equal([(create.Trace, create.Id)], send.Links);
        CheckWorker(Fixture.ThroughApi.Trace, create.Id);
        Assert.Equal("/set", accept.Tags["http.route"]);
        Assert.Equal(202L, accept.Tags["http.response.status_code"]);
        Assert.Equal(1L, send.Tags["messaging.batch.message_count"]);
        Assert.Equal(fixture.EventId, create.Tags["setget.event.id"]);
        Assert.All([create, send], s => CheckQueue(s, s.Name.Split(' ')[0]));
    }

    [Fact]
    public async Task Event_ThroughTheGateway_GoesOnWithTheSendersTrace()
    {
        await UntilStoredAsync(Fixture.ThroughGateway.Trace);
        CheckWorker(Fixture.ThroughGateway.Trace, Fixture.ThroughGateway.Span);
    }

    [Fact]
    public async Task Read_IsATraceOfItsOwn_DownToRedis()
    {
        await Collector.UntilAsync(c => c.Spans.Any(s => s.Name == "GET /get/{webhookKey}"), "a read");
        var read = Collector.Spans.First(s => s.Name == "GET /get/{webhookKey}");
        Assert.Equal(("api", OtlpSpan.Server, ""), (read.Service, read.Kind, read.Parent));
        await Collector.UntilAsync(c => c.Spans.Any(s => s.Parent == read.Id && s.Name == "HMGET"), "its command");
    }

    [Fact]
    public async Task Batch_ThatMixesTraces_IsReceivedInATraceOfItsOwnWithLinks()
    {
        await UntilStoredAsync(Fixture.Mixed.Trace);
        await UntilStoredAsync(Fixture.MixedToo.Trace);
        var receive = Assert.Single(Collector.Spans, s => s.Name == "receive setget-events" && s.Links.Count == 2);
        Assert.Equal("", receive.Parent);
        Assert.Equal([Fixture.Mixed, Fixture.MixedToo], receive.Links.Order());
        Assert.Equal(5L, receive.Tags["messaging.batch.message_count"]);
        foreach (var sender in new[] { Fixture.Mixed, Fixture.MixedToo })
        {
            var process = One(sender.Trace, "process setget-events");
            Assert.Equal(sender.Span, process.Parent);
            Assert.Equal([(receive.Trace, receive.Id)], process.Links);
        }
    }

    [Fact]
    public async Task Traces_OfHealthChecksPollsAndGauges_AreNotThere()
    {
        await UntilStoredAsync(Fixture.MixedToo.Trace);
        var spans = Collector.Spans;
        var known = spans.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(spans, s => s.Name.Contains("health", StringComparison.Ordinal) || s.Name.Contains("alive", StringComparison.Ordinal));
        // What begins a trace is a request of the test, or the receipt of its messages.
        Assert.All(spans.Where(s => s.Parent.Length == 0), s => Assert.True(s.Kind is OtlpSpan.Server or OtlpSpan.Consumer || s.Name == "receive setget-events", s.Name));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("worker")]
    public async Task LogLine_OfAnEvent_HasItsIdItsAccountAndItsTrace(string service)
    {
        await Collector.UntilAsync(c => Lines(c).Any(), $"the line of the event, of {service}");
        var line = Lines(Collector).First();
        Assert.Equal(Fixture.Account, line.Tags["Account"]);
        Assert.Equal(Fixture.ThroughApi.Trace, line.Trace);
        IEnumerable<OtlpLine> Lines(OtlpCollector c) => c.Lines.Where(l => l.Service == service && Equals(l.Tags.GetValueOrDefault("EventId"), fixture.EventId));
    }

    [Fact]
    public async Task DeadLetter_IsSentWithinTheTraceOfItsMessage_WhichItsLogLineHas()
    {
        await Collector.UntilAsync(c => c.Spans.Any(s => s.Name == "send setget-dead-letters") && c.Lines.Any(l => l.Tags.ContainsKey("Reason")), "a dead letter");
        var send = Assert.Single(Collector.Spans, s => s.Name == "send setget-dead-letters");
        var process = Assert.Single(Collector.Spans, s => s.Id == send.Parent);
        Assert.Equal(("process setget-events", "not-json"), (process.Name, process.Tags["error.type"]));
        Assert.Equal(send.Trace, Collector.Lines.First(l => Equals(l.Tags.GetValueOrDefault("Reason"), "not-json")).Trace);
    }

    [Fact]
    public async Task Signals_CarryNeitherDataNorKeys()
    {
        await Collector.UntilAsync(c => c.Points.Any(p => p.Name == "setget.events.dead_lettered"), "everything");
        Assert.All([Collector.Traces, Collector.Metrics, Collector.Logs], signal =>
        {
            Assert.DoesNotContain(Fixture.Secret, signal, StringComparison.Ordinal);
            Assert.DoesNotContain("dev-root-key", signal, StringComparison.Ordinal);
            Assert.DoesNotContain("dev-gateway-key", signal, StringComparison.Ordinal);
        });
    }

    private static void CheckQueue(OtlpSpan span, string operation)
    {
        Assert.Equal("aws_sqs", span.Tags["messaging.system"]);
        Assert.Equal("setget-events", span.Tags["messaging.destination.name"]);
        Assert.Equal(operation, span.Tags["messaging.operation.name"]);
        Assert.Equal(operation, span.Tags["messaging.operation.type"]);
        Assert.Equal("localhost", span.Tags["server.address"]);
        Assert.IsType<long>(span.Tags["server.port"]);
    }

    private Task UntilStoredAsync(string trace) => Collector.UntilAsync(c => c.Spans.Any(s => s.Trace == trace && s.Name == "store event"), $"trace {trace} to its end");

    private OtlpSpan One(string trace, string name) => Assert.Single(Collector.Spans, s => s.Trace == trace && s.Name == name);

    /// <summary>Receive, process, store and the Redis command, the first two below a parent.</summary>
    private void CheckWorker(string trace, string parent)
    {
        var (receive, process, store) = (One(trace, "receive setget-events"), One(trace, "process setget-events"), One(trace, "store event"));
        Assert.Equal(("worker", OtlpSpan.Client, parent), (receive.Service, receive.Kind, receive.Parent));
        Assert.Equal(("worker", OtlpSpan.Consumer, parent), (process.Service, process.Kind, process.Parent));
        Assert.Equal([(receive.Trace, receive.Id)], process.Links);
        Assert.Equal(process.Id, store.Parent);
        CheckQueue(receive, "receive");
        CheckQueue(process, "process");
        Assert.NotEqual("", process.Tags["messaging.message.id"]);
        var redis = Collector.Spans.First(s => s.Parent == store.Id);
        Assert.Equal((OtlpSpan.Client, redis.Name, "redis", "0"), (redis.Kind, redis.Tags["db.operation.name"], redis.Tags["db.system.name"], redis.Tags["db.namespace"]));
        // The command alone, neither keys nor values.
        Assert.Equal(redis.Name, redis.Tags["db.query.text"]);
        Assert.Contains("server.address", redis.Tags.Keys);
        Assert.Contains("server.port", redis.Tags.Keys);
    }
}

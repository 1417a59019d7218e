namespace SetGet.Tests.ServiceDefaults;

/// <summary>A span as it was exported.</summary>
internal sealed record OtlpSpan(
    string Service, string Scope, string Trace, string Id, string Parent, string Name, int Kind, Dictionary<string, object> Tags, IReadOnlyList<(string Trace, string Span)> Links)
{
    internal const int Server = 2;
    internal const int Client = 3;
    internal const int Producer = 4;
    internal const int Consumer = 5;
}

/// <summary>One measurement of an instrument as it was exported; of a histogram the sum of what was recorded.</summary>
internal sealed record OtlpPoint(string Service, string Meter, string Name, string Unit, string Description, Dictionary<string, object> Tags, double Value, ulong Count);

/// <summary>A line of a log as it was exported.</summary>
internal sealed record OtlpLine(string Service, string Text, string Trace, Dictionary<string, object> Tags);

/// <summary>
/// Reads export requests: https://github.com/open-telemetry/opentelemetry-proto. The numbers are the fields' there.
/// </summary>
internal static class OtlpSignals
{
    private static readonly (int Kind, bool IsHistogram)[] Kinds = [(5, false), (7, false), (9, true)];

    internal static IEnumerable<OtlpSpan> Spans(ReadOnlyMemory<byte> request)
        => from item in Items(request)
           select new OtlpSpan(
               item.Service, item.Scope, item.Message.Hex(1), item.Message.Hex(2), item.Message.Hex(4), item.Message.Text(5), (int)item.Message.Number(6),
               item.Message.Attributes(9), [.. item.Message.Messages(13).Select(link => (link.Hex(1), link.Hex(2)))]);

    internal static IEnumerable<OtlpLine> Lines(ReadOnlyMemory<byte> request)
        => from item in Items(request)
           select new OtlpLine(item.Service, (string)item.Message.Messages(5).Single().AnyValue(), item.Message.Hex(9), item.Message.Attributes(6));

    internal static IEnumerable<OtlpPoint> Points(ReadOnlyMemory<byte> request)
        => from item in Items(request)
           from kind in Kinds
           from data in item.Message.Messages(kind.Kind)
           from point in data.Messages(1)
           select new OtlpPoint(
               item.Service, item.Scope, item.Message.Text(1), item.Message.Text(3), item.Message.Text(2),
               point.Attributes(kind.IsHistogram ? 9 : 7), Value(point, kind.IsHistogram), kind.IsHistogram ? point.Number(4) : 1);

    private static double Value(OtlpMessage point, bool isHistogram)
        => isHistogram ? point.Double(5) : point.Has(6) ? (long)point.Number(6) : point.Double(4);

    // The three signals have the same shape: resource, scope, item.
    private static IEnumerable<(string Service, string Scope, OtlpMessage Message)> Items(ReadOnlyMemory<byte> request)
        => from ofResource in new OtlpMessage(request).Messages(1)
           let service = (string)ofResource.Messages(1).Single().Attributes(1)["service.name"]
           from ofScope in ofResource.Messages(2)
           from message in ofScope.Messages(2)
           select (service, ofScope.Messages(1).FirstOrDefault()?.Text(1) ?? "", message);
}

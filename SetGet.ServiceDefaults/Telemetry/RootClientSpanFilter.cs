using System.Diagnostics;
using OpenTelemetry;

namespace SetGet.ServiceDefaults.Telemetry;

/// <summary>
/// Drops HTTP client spans that belong to no trace: the long polls and the counters of a background loop. A loop that has
/// something to tell starts a span of its own, and its calls are below that one.
/// </summary>
internal sealed class RootClientSpanFilter : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.ParentSpanId == default && data.Source.Name == "System.Net.Http")
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}

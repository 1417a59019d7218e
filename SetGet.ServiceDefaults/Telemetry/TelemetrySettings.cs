using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SetGet.ServiceDefaults.Telemetry;

/// <summary>What <c>OTEL_*</c> asks for. The SDK reads the same variables itself, but silently: this is what must not be wrong.</summary>
internal static class TelemetrySettings
{
    internal const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    internal const string ProtocolKey = "OTEL_EXPORTER_OTLP_PROTOCOL";
    internal const string DisabledKey = "OTEL_SDK_DISABLED";

    internal const string SamplerKey = "OTEL_TRACES_SAMPLER";
    internal const string TracesKey = "SetGet:Telemetry:TracesPerSecond";
    internal const string FlushKey = "SetGet:Telemetry:FlushTimeout";

    private const int DefaultTracesPerSecond = 100;
    private const int MaxTracesPerSecond = 100_000;

    /// <summary>A collector that is gone must not hold up the end of the process for longer.</summary>
    private static readonly TimeSpan DefaultFlush = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestFlush = TimeSpan.FromMinutes(1);

    /// <summary>True where there is an endpoint to export to.</summary>
    /// <exception cref="InvalidOperationException">A variable cannot be used; the message names it, and what it may be.</exception>
    internal static bool IsEnabled(IConfiguration configuration)
    {
        if (configuration[EndpointKey] is not { Length: > 0 } endpoint || IsDisabled(configuration))
            return false;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new InvalidOperationException(
                $"{EndpointKey} is '{endpoint}', but must be an absolute http or https URL, such as http://localhost:4317.");
        if (configuration[ProtocolKey] is { Length: > 0 } protocol && protocol is not ("grpc" or "http/protobuf"))
            throw new InvalidOperationException($"{ProtocolKey} is '{protocol}', but must be 'grpc' or 'http/protobuf'.");
        return true;
    }

    /// <summary>How long the end of the process may wait until what is left has been sent.</summary>
    /// <exception cref="InvalidOperationException">The setting is no time, or out of range.</exception>
    internal static TimeSpan FlushTimeout(IConfiguration configuration)
    {
        if (configuration[FlushKey] is not { Length: > 0 } text)
            return DefaultFlush;
        if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout) || timeout < TimeSpan.Zero || timeout > LongestFlush)
            throw new InvalidOperationException($"{FlushKey} is '{text}', but must be a time from 00:00:00 to {LongestFlush}.");
        return timeout;
    }

    /// <summary>Traces that begin in this process, a second; null where <c>OTEL_TRACES_SAMPLER</c> asks for another rule than all.</summary>
    /// <exception cref="InvalidOperationException">The setting is no number, or out of range.</exception>
    internal static int? TracesPerSecond(IConfiguration configuration)
    {
        if (configuration[TracesKey] is { Length: > 0 } text)
            return int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxTracesPerSecond
                ? number
                : throw new InvalidOperationException($"{TracesKey} is '{text}', but must be a number from 1 to {MaxTracesPerSecond}.");
        return configuration[SamplerKey] is null or "" or "always_on" or "parentbased_always_on" ? DefaultTracesPerSecond : null;
    }

    private static bool IsDisabled(IConfiguration configuration)
        => string.Equals(configuration[DisabledKey], "true", StringComparison.OrdinalIgnoreCase);
}

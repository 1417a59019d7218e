using System.Globalization;
using SetGet.Benchmarks.Processes;

namespace SetGet.Benchmarks.Http;

/// <summary>What a target did, and what it used for it.</summary>
internal sealed record HttpRate(double RequestsPerSecond, double ProcessorMicroseconds);

/// <summary>Loads a target with wrk: a client that costs little beside what it measures.</summary>
internal static class Wrk
{
    /// <exception cref="MissingToolException">There is no wrk.</exception>
    /// <exception cref="InvalidOperationException">An answer was not a success.</exception>
    internal static async Task<HttpRate> RunAsync(HttpTarget target, int connections, int seconds, CancellationToken cancellationToken)
    {
        var wrk = Tools.Require("wrk");
        List<string> arguments = ["--threads", "1", "--connections", $"{connections}", "--duration", $"{seconds}s"];
        if (target.Header is not null)
            arguments.AddRange(["--header", target.Header]);
        var script = target.Body is null ? null : await WriteScriptAsync(target.Body, cancellationToken);
        if (script is not null) arguments.AddRange(["--script", script]);
        var before = target.Server.ProcessorTime;
        var output = await Tools.RunAsync(wrk, [.. arguments, target.Url], cancellationToken);
        if (script is not null) File.Delete(script);
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
            throw new InvalidOperationException($"{target.Name} did not answer all requests: {output}");
        var used = target.Server.ProcessorTime - before;
        return new HttpRate(Number(output, "Requests/sec:"), used.TotalMicroseconds / Requests(output));
    }

    // wrk posts what a Lua script says; level-5 brackets quote any JSON.
    private static async Task<string> WriteScriptAsync(string body, CancellationToken cancellationToken)
    {
        var path = Path.GetTempFileName();
        var text = $"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = [=====[{body}]=====]\n";
        await File.WriteAllTextAsync(path, text, cancellationToken);
        return path;
    }

    private static double Number(string output, string label)
    {
        var line = output.Split('\n').Single(l => l.StartsWith(label, StringComparison.Ordinal));
        return double.Parse(line[label.Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>From the line <c>54321 requests in 4.00s, 12.34MB read</c>.</summary>
    private static double Requests(string output)
    {
        var line = output.Split('\n').Single(l => l.Contains(" requests in ", StringComparison.Ordinal)).Trim();
        return double.Parse(line[..line.IndexOf(' ')], CultureInfo.InvariantCulture);
    }
}

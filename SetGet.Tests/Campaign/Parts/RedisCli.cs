using System.Diagnostics;
using System.Globalization;

namespace SetGet.Tests.Campaign.Parts;

/// <summary>An operator at redis-cli.</summary>
internal static class RedisCli
{
    /// <summary>What it prints. A server that does not answer prints that: a fault may have struck it.</summary>
    internal static async Task<string> RunAsync(int port, string[] arguments, CancellationToken cancellationToken, string? password = null)
    {
        var start = new ProcessStartInfo("redis-cli", ["-p", port.ToString(CultureInfo.InvariantCulture), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        if (password is not null) start.Environment["REDISCLI_AUTH"] = password;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return await output + await errors;
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <summary>Ends when the server answers as it should, and has its data.</summary>
    /// <param name="part">The server's process: where that ends, nobody will answer.</param>
    internal static async Task IsReadyAsync(int port, string[] question, string answer, CancellationToken cancellationToken, Part? part = null)
    {
        while (!(await RunAsync(port, question, cancellationToken)).Contains(answer, StringComparison.Ordinal))
        {
            part?.ThrowIfEnded();
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }
}

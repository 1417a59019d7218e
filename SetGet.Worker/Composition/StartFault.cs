using Microsoft.Extensions.Options;
using SetGet.Worker.Lambda;

namespace SetGet.Worker.Composition;

/// <summary>Why the process cannot start: told to whom it concerns, without a stack trace where configuration is the cause.</summary>
internal static class StartFault
{
    /// <summary>True when it is explained.</summary>
    public static async Task<bool> ExplainAsync(Exception fault)
    {
        if (Environment.GetEnvironmentVariable(RuntimeApi.Variable) is { Length: > 0 } address)
        {
            using var runtime = new RuntimeApi(address);
            try
            {
                await runtime.FailInitAsync(fault, CancellationToken.None);
            }
            catch (HttpRequestException e)
            {
                await Console.Error.WriteLineAsync($"The Lambda Runtime API does not answer: {e.Message}");
            }
        }

        if (fault is not OptionsValidationException invalid) return false;
        foreach (var failure in invalid.Failures) await Console.Error.WriteLineAsync("Configuration: " + failure);
        return true;
    }
}

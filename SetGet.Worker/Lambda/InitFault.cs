using SetGet.Core;

namespace SetGet.Worker.Lambda;

/// <summary>Tells Lambda why the function cannot start; elsewhere there is nobody to tell.</summary>
internal static class InitFault
{
    public static async Task ReportAsync(Exception fault)
    {
        if (Environment.GetEnvironmentVariable(RuntimeApi.Variable) is not { Length: > 0 } address) return;
        using var runtime = new RuntimeApi(address);
        try
        {
            await runtime.FailInitAsync(fault, CancellationToken.None);
        }
        catch (Exception e) when (NetworkFault.Is(e))
        {
            await Console.Error.WriteLineAsync($"The Lambda Runtime API does not answer: {e.Message}");
        }
    }
}

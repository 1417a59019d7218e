using System.Globalization;

namespace SetGet.Tests.Campaign.Parts;

/// <summary>What a process holds, as Linux's <c>/proc</c> tells it.</summary>
/// <param name="Memory">Resident, in MB of 1024 * 1024 bytes.</param>
/// <param name="Handles">Open files and sockets.</param>
/// <param name="Threads">Threads.</param>
internal readonly record struct ProcessFigures(double Memory, int Handles, int Threads)
{
    internal static ProcessFigures Of(Part part)
    {
        var place = "/proc/" + part.ProcessId.ToString(CultureInfo.InvariantCulture);
        var status = File.ReadAllLines(place + "/status");
        return new ProcessFigures(Number(status, "VmRSS:") / 1024.0, Directory.EnumerateFileSystemEntries(place + "/fd").Count(), Number(status, "Threads:"));
    }

    private static int Number(string[] status, string label)
        => int.Parse(status.Single(line => line.StartsWith(label, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}

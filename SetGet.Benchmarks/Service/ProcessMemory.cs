using System.Globalization;

namespace SetGet.Benchmarks.Service;

/// <summary>What a process holds of the machine's memory, in MB of 1024 * 1024 bytes, as Linux's <c>/proc</c> tells it.</summary>
/// <param name="Resident">All that is in memory now, files that other processes share with it among them.</param>
/// <param name="Private">What is no file: heaps, stacks, compiled code. That of files depends on which other processes of .NET run.</param>
internal readonly record struct ProcessMemory(double Resident, double Private)
{
    private const double KilobytesPerMegabyte = 1024;

    internal static ProcessMemory Of(int process) => new(
        Sum($"/proc/{process}/status", "VmRSS:"),
        Sum($"/proc/{process}/status", "RssAnon:", "RssShmem:"));

    // "VmRSS:     123456 kB"
    private static double Sum(string file, params string[] labels)
        => File.ReadLines(file)
            .Where(line => labels.Any(label => line.StartsWith(label, StringComparison.Ordinal)))
            .Sum(static line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)) / KilobytesPerMegabyte;
}

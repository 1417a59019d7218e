using System.CommandLine;
using SetGet.Benchmarks.Processes;
using SetGet.Benchmarks.Reports;

namespace SetGet.Benchmarks.Service;

/// <summary><c>memory</c>: what API and worker hold, idle and after load, against an ASP.NET Core service that does nothing.</summary>
internal static class MemoryCommand
{
    private const double Most = 1.5;
    private const double Flat = 1.1;

    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each process.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Seconds of each kind of load.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Pause = new("--pause") { Description = "Seconds to settle before memory is read.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Connections = new("--connections") { Description = "Connections.", DefaultValueFactory = _ => 32 };

    internal static Command Create()
    {
        var command = new Command("memory", "Memory of API and worker, idle and after load, against an empty ASP.NET Core service.") { Rounds, Seconds, Pause, Connections };
        command.SetAction((options, cancellationToken) => RunAsync(
            options.GetValue(Rounds), options.GetValue(Seconds), TimeSpan.FromSeconds(options.GetValue(Pause)), options.GetValue(Connections), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int rounds, int seconds, TimeSpan pause, int connections, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux()) throw new MissingToolException("This benchmark needs Linux, whose /proc tells what is a process's own.");
        using var stack = await MemoryStack.StartAsync(connections, seconds, cancellationToken);
        MemorySubject[] subjects = [stack.Api, stack.Worker, stack.Empty];
        var readings = subjects.ToDictionary(static subject => subject.Name, static _ => new List<Reading>());
        await Interleaved.RunAsync("memory", rounds, subjects, async (subject, _)
            => readings[subject.Name].Add(await ReadAsync(subject, pause, cancellationToken)));

        var load = $"{connections} connections, wrk, {seconds} s a load, {pause.TotalSeconds:0} s to settle";
        foreach (var subject in (MemorySubject[])[stack.Api, stack.Worker])
            Report.Write(
                $"memory-{subject.Kind.ToLowerInvariant()}",
                $"Memory of the {subject.Kind}: {subject.Load}; {load}. MB of 2^20 bytes; private is all but files, which processes share",
                Compare(subject, stack.Empty, readings));
        Report.Write("memory-flat", $"Memory, the second load after the first: {load}", [.. subjects.SelectMany(subject => Grow(subject, subject == stack.Empty, readings[subject.Name]))]);
    }

    private static async Task<Reading> ReadAsync(MemorySubject subject, TimeSpan pause, CancellationToken cancellationToken)
    {
        var target = await subject.StartAsync(cancellationToken);
        using var server = target.Server;
        var idle = await SettleAsync();
        await subject.LoadAsync(target, cancellationToken);
        var first = await SettleAsync();
        await subject.LoadAsync(target, cancellationToken);
        return new Reading(idle, first, await SettleAsync());

        async Task<ProcessMemory> SettleAsync()
        {
            await Task.Delay(pause, TimeProvider.System, cancellationToken);
            return ProcessMemory.Of(server.Id);
        }
    }

    private static Comparison[] Compare(MemorySubject subject, MemorySubject empty, Dictionary<string, List<Reading>> readings)
    {
        return
        [
            Of("idle, resident", static reading => reading.Idle.Resident),
            Of("idle, private", static reading => reading.Idle.Private),
            Of("after load, resident", static reading => reading.First.Resident),
            Of("after load, private", static reading => reading.First.Private),
        ];

        Comparison Of(string figure, Func<Reading, double> value)
        {
            var comparison = new Comparison(figure, "MB", subject.Name, empty.Name, Goal.AtMost(Most));
            foreach (var name in (string[])[subject.Name, empty.Name])
                foreach (var reading in readings[name]) comparison.Add(name, value(reading));
            return comparison;
        }
    }

    private static Comparison[] Grow(MemorySubject subject, bool isPeer, List<Reading> readings)
    {
        return [Of("resident", static memory => memory.Resident), Of("private", static memory => memory.Private)];

        Comparison Of(string figure, Func<ProcessMemory, double> value)
        {
            var comparison = new Comparison(
                $"{subject.Name}, {figure}", "MB", "after the second load", "after the first", isPeer ? null : Goal.AtMost(Flat));
            foreach (var reading in readings)
            {
                comparison.Add(comparison.First, value(reading.Second));
                comparison.Add(comparison.Second, value(reading.First));
            }

            return comparison;
        }
    }

    private readonly record struct Reading(ProcessMemory Idle, ProcessMemory First, ProcessMemory Second);
}

using System.CommandLine;
using SetGet.Benchmarks.Scale;
using Spectre.Console;

namespace SetGet.Benchmarks.Simulate;

/// <summary><c>simulate</c>: writes the figures and pictures of docs/scale.md from what was measured, from the templates and from the price list.</summary>
internal static class SimulateCommand
{
    /// <summary>What the second day of the picture has beside the template's rules.</summary>
    private const double SpareTasks = 1.25;

    /// <summary>Older than that, the template's alarm rings.</summary>
    private const double AlarmSeconds = 300;

    private static readonly Option<double> Rate = new("--events-per-minute") { Description = "Events, also at the day's peak.", DefaultValueFactory = _ => 1e6 };
    private static readonly Option<double> Live = new("--live-keys") { Description = "Webhook keys with an event.", DefaultValueFactory = _ => 100e6 };
    private static readonly Option<double> Reads = new("--reads") { Description = "Reads of each event.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Start = new("--task-start") { Description = "Seconds until a new task takes messages.", DefaultValueFactory = _ => 60 };

    internal static Command Create()
    {
        var command = new Command("simulate", "A day under the templates' scaling rules, the skew of a cluster, and the needs and costs of a million events a minute.")
        { Rate, Live, Reads, Start };
        command.SetAction(options =>
        {
            var (cost, rules) = (Measured.Read(), ScalingRules.Read());
            var demand = new Demand(options.GetValue(Rate) / 60, options.GetValue(Live), options.GetValue(Reads));
            WriteNeeds(demand, cost, rules);
            WriteDay(demand, cost, rules, options.GetValue(Start));
            WriteSkew();
            AnsiConsole.MarkupLine("docs/scale.md and docs/images/scale are written.");
        });
        return command;
    }

    private static void WriteNeeds(Demand demand, Measured cost, ScalingRules rules)
    {
        var prices = Prices.Read();
        var needs = new Needs(demand, cost, rules, prices);
        var rows = needs.Rows();
        var total = new Need("**together**", "", "", rows.Sum(row => row.Dollars));
        var perEvent = total.Dollars / (demand.EventsPerSecond * 730 * 3600 / 1e6);
        ScalePage.Replace("needs", $"""
            **{demand.EventsPerSecond * 60:N0} events a minute** (E = {demand.EventsPerSecond:N0} a second, all the month, each of 1 KB under one webhook key and read {demand.Reads:0.#} times), **{demand.LiveKeys:N0} live keys**.
            Measured on {cost.On:yyyy-MM-dd} at {cost.EventsPerSecond:N0} events a second; prices of {prices.Region} as of {prices.On:yyyy-MM-dd}, to be checked. A vCPU is taken as a processor of the machine that measured.

            {ScalePage.Table(["what", "formula", "needs", "dollars a month"], [.. rows, total, .. needs.Instead().Select(each => each with { What = "*or* " + each.What })], Cells)}

            That is {perEvent:0.00} dollars for a million events.

            """);

        static IReadOnlyList<string> Cells(Need need) => [need.What, need.Formula, need.Amount, need.Dollars is { } dollars ? $"{dollars:N0}" : ""];
    }

    private static void WriteDay(Demand demand, Measured cost, ScalingRules rules, int startSeconds)
    {
        var perTask = rules.TaskCpu * 1e6 / cost.WorkerMicroseconds;
        var wide = rules with { MaxTasks = (int)Math.Max(rules.MaxTasks, Math.Ceiling(demand.EventsPerSecond * Day.BurstTimes / perTask * SpareTasks)) };
        (string Name, ScalingRules Rules)[] variants =
        [
            ("the template's defaults", rules),
            ($"up to {wide.MaxTasks} tasks", wide),
            ($"up to {wide.MaxTasks} tasks, by the backlog alone", wide with { CpuPercent = null }),
        ];
        var days = Array.ConvertAll(variants, each => Day.Run(each.Rules, demand.EventsPerSecond, perTask, startSeconds));
        var axis = Enumerable.Range(0, 25).Select(hour => hour % 3 == 0 ? $"{hour}:00" : "").ToList();
        ScalePage.WritePicture("day.svg", new Chart("A day with a burst: what waits, how old it is, and how many tasks there are", axis).Draw(
        [
            new Panel("events a second, arriving", [new Line("", Values(days[0], minute => minute.Arriving))]),
            Of("messages waiting", minute => minute.Waiting),
            Of("age of the oldest, seconds", minute => minute.AgeSeconds),
            Of("tasks", minute => minute.Tasks),
        ]));
        ScalePage.Replace("day", $"""
            A task of {rules.TaskCpu} vCPU stores {perTask:N0} events a second, and takes {startSeconds} s to start; {Day.Description}.

            {ScalePage.Table(["scaling", "most that waits", "oldest", $"older than {AlarmSeconds:0} s", "most tasks", "task-hours"], variants.Zip(days), each => Cells(each.First.Name, each.Second))}

            """);

        Panel Of(string title, Func<Minute, double> value) => new(title, [.. variants.Zip(days, (variant, day) => new Line(variant.Name, Values(day, value)))]);
        static IReadOnlyList<double> Values(List<Minute> day, Func<Minute, double> value) => [.. day.Where((_, i) => i % 2 == 0).Select(value)];
    }

    private static IReadOnlyList<string> Cells(string name, List<Minute> day) =>
    [
        name, $"{day.Max(minute => minute.Waiting):N0}", $"{day.Max(minute => minute.AgeSeconds):N0} s", $"{day.Count(minute => minute.AgeSeconds > AlarmSeconds):N0} minutes",
        $"{day.Max(minute => minute.Tasks):N0}", $"{day.Sum(minute => minute.Tasks) / 60.0:N0}",
    ];

    private static void WriteSkew()
    {
        var lines = SlotSkew.Exponents.Select(exponent => new Line(exponent == 0 ? "even" : $"exponent {exponent:0.0}", SlotSkew.Of(exponent))).ToList();
        ScalePage.WritePicture("skew.svg", new Chart(
            "Load of the busiest shard, as a multiple of the average", [.. SlotSkew.Shards.Select(Name)]).Draw([new Panel("", lines)]));
        ScalePage.Replace("skew", $"""
            {SlotSkew.Keys:N0} webhook keys of {SlotSkew.Accounts:N0} accounts; popularity falls with the rank to the power of the exponent (Zipf).

            {ScalePage.Table(["popularity", .. SlotSkew.Shards.Select(Name)], lines, line => [line.Name, .. line.Values.Select(value => $"{value:0.00}")])}

            """);

        static string Name(int shards) => shards == 1 ? "1 shard" : $"{shards} shards";
    }
}

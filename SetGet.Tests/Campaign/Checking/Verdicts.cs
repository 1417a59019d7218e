namespace SetGet.Tests.Campaign.Checking;

/// <summary>How often each rule was checked, and what broke it.</summary>
internal sealed class Verdicts(TimeProvider time)
{
    private const int ExamplesKept = 20;
    private static readonly Rule[] All = Enum.GetValues<Rule>();

    private readonly long[] _checked = new long[All.Length];
    private readonly long[] _broken = new long[All.Length];
    private readonly List<string> _examples = [];

    /// <summary>The first violations, in words.</summary>
    internal IReadOnlyList<string> Examples
    {
        get
        {
            lock (_examples) return [.. _examples];
        }
    }

    /// <summary>Is told of each of them as it comes.</summary>
    internal Action<string>? Found { get; set; }

    internal long Broken => _broken.Sum();

    internal IEnumerable<(Rule Rule, long Checked, long Broken)> ByRule => All.Select(rule => (rule, _checked[(int)rule], _broken[(int)rule]));

    /// <summary>Counts one check.</summary>
    /// <param name="rule">What is promised.</param>
    /// <param name="holds">Whether the promise is kept.</param>
    /// <param name="what">Says what broke it.</param>
    internal void Check(Rule rule, bool holds, Func<string> what)
    {
        Interlocked.Increment(ref _checked[(int)rule]);
        if (holds) return;
        Interlocked.Increment(ref _broken[(int)rule]);
        lock (_examples)
        {
            // A rule that breaks a thousand times must not hide the others.
            if (_examples.Count(example => example.StartsWith(rule.ToString(), StringComparison.Ordinal)) >= ExamplesKept) return;
            _examples.Add($"{rule} at {time.GetUtcNow():HH:mm:ss.fff}: {what()}");
            Found?.Invoke(_examples[^1]);
        }
    }
}

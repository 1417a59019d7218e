using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using StackExchange.Redis;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>A Redis that answers every command with the same values, in the shape that the command asks for.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it")]
internal class RedisAnswers : DispatchProxy
{
    /// <summary>Values that every script answers at least.</summary>
    private const int Fewest = 2;

    private RedisValue[] _values = [];
    private IDatabase? _database;

    public static IConnectionMultiplexer Of(RedisValue[] values)
    {
        var database = Create<IDatabase, RedisAnswers>();
        ((RedisAnswers)(object)database)._values = values;
        var connection = Create<IConnectionMultiplexer, RedisAnswers>();
        ((RedisAnswers)(object)connection)._database = database;
        return connection;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = targetMethod!.ReturnType;
        if (answer == typeof(IDatabase)) return _database;
        if (answer == typeof(Task<RedisValue>)) return Task.FromResult(_values.Length > 0 ? _values[0] : RedisValue.Null);
        if (answer == typeof(Task<RedisValue[]>)) return Task.FromResult(args!.OfType<RedisValue[]>().FirstOrDefault() is { } fields ? [.. fields.Select((_, i) => ValueAt(i))] : _values);
        if (answer == typeof(Task<HashEntry[]>)) return Task.FromResult<HashEntry[]>([.. Enumerable.Range(0, _values.Length / 2).Select(i => new HashEntry(TextAt(2 * i), TextAt((2 * i) + 1)))]);
        if (answer == typeof(Task<RedisResult>)) return Task.FromResult(RedisResult.Create(_values.Length < Fewest ? [.. Enumerable.Range(0, Fewest).Select(ValueAt)] : _values));
        if (answer == typeof(Task<bool>)) return Task.FromResult(true);
        throw new NotSupportedException($"{targetMethod.Name} answers {answer}: add it here.");
    }

    // In a hash there is something under each field.
    private RedisValue TextAt(int index) => ValueAt(index) is { IsNull: false } value ? value : RedisValue.EmptyString;

    private RedisValue ValueAt(int index) => index < _values.Length ? _values[index] : RedisValue.Null;
}

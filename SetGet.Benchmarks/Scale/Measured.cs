using System.Text.Json;

namespace SetGet.Benchmarks.Scale;

/// <summary>What an event costs, as <c>calls</c> measured it; <c>simulate</c> reckons with it. An event is of 1 KB under one webhook key of its own.</summary>
/// <param name="On">The day.</param>
/// <param name="EventsPerSecond">The load under which it was measured.</param>
/// <param name="ApiMicroseconds">Processor time of the API, to accept it.</param>
/// <param name="WorkerMicroseconds">Of the worker, to store it.</param>
/// <param name="RedisMicroseconds">Of redis-server, to store it.</param>
/// <param name="ApiGetMicroseconds">Of the API, to read it.</param>
/// <param name="RedisGetMicroseconds">Of redis-server, to read it.</param>
/// <param name="SqsSends">Requests of the API to SQS.</param>
/// <param name="SqsReceives">Requests of the worker to SQS.</param>
/// <param name="SqsDeletes">Requests of the worker to SQS.</param>
/// <param name="RedisRoundTrips">Of API and worker, to store it.</param>
/// <param name="RedisCommands">Of API and worker, to store it; what scripts call not counted.</param>
/// <param name="RedisBytesIn">Sent to Redis, to store it.</param>
/// <param name="RedisBytesOut">Answered by Redis.</param>
/// <param name="RedisBytesHeld">Memory that it takes while it lives.</param>
internal sealed record Measured(
    DateOnly On, double EventsPerSecond, double ApiMicroseconds, double WorkerMicroseconds, double RedisMicroseconds, double ApiGetMicroseconds,
    double RedisGetMicroseconds, double SqsSends, double SqsReceives, double SqsDeletes, double RedisRoundTrips, double RedisCommands, double RedisBytesIn,
    double RedisBytesOut, double RedisBytesHeld)
{
    private static readonly string FilePath = Path.Combine(Repository.Root, "SetGet.Benchmarks", "Scale", "measured.json");
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal double SqsCalls => SqsSends + SqsReceives + SqsDeletes;

    /// <exception cref="InvalidOperationException">Nothing was measured yet.</exception>
    internal static Measured Read() => File.Exists(FilePath)
        ? JsonSerializer.Deserialize<Measured>(File.ReadAllText(FilePath), Format)!
        : throw new InvalidOperationException($"There is no {FilePath}: run the benchmark 'calls' first, which writes it.");

    internal void Write() => File.WriteAllText(FilePath, JsonSerializer.Serialize(this, Format) + "\n");
}

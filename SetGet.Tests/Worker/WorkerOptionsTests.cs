using SetGet.Core.Queues;
using SetGet.Worker.Processing;

namespace SetGet.Tests.Worker;

/// <summary>Bad configuration is named at the start; delays grow.</summary>
public sealed class WorkerOptionsTests
{
    [Fact]
    public void Validate_OfTheDefaults_Succeeds() => Assert.True(new WorkerOptionsValidator().Validate(null, new WorkerOptions()).Succeeded);

    [Fact]
    public void Validate_OfTimesThatDoNotFit_NamesBothKeys()
    {
        var result = new WorkerOptionsValidator().Validate(null, new WorkerOptions { VisibilitySeconds = 20, HeartbeatSeconds = 10 });
        Assert.Contains("SetGet:Worker:HeartbeatSeconds", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("SetGet:Worker:VisibilitySeconds", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_OfEveryFieldWrong_NamesThemAll()
    {
        var options = new WorkerOptions { Pollers = 0, WaitSeconds = 21, VisibilitySeconds = 1, HeartbeatSeconds = 0, RetrySeconds = 0, MaxRetrySeconds = -1, DrainSeconds = 0 };
        var result = new WorkerOptionsValidator().Validate(null, options);
        foreach (var field in typeof(WorkerOptions).GetProperties())
            Assert.Contains("SetGet:Worker:" + field.Name, result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_WithoutQueues_NamesTheirKeys()
    {
        var result = new QueueOptionsValidator().Validate(null, new QueueOptions());
        Assert.Contains("AWS:Resources:EventsQueueUrl", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("AWS:Resources:DeadLetterQueueUrl", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void RetryDelay_GrowsWithEveryReceiveUpToTheLongest()
    {
        var options = new WorkerOptions { RetrySeconds = 2, MaxRetrySeconds = 100 };
        for (var round = 0; round < 100; round++)
        {
            var delays = Enumerable.Range(1, 10).Select(n => RetryDelay.After(n, options)).ToList();
            for (var i = 1; i < 6; i++) Assert.True(delays[i] > delays[i - 1], $"{delays[i - 1]} then {delays[i]}");
            Assert.InRange(delays[0].TotalSeconds, 2, 2.5);
            Assert.All(delays, d => Assert.InRange(d.TotalSeconds, 2, 100));
            Assert.Equal(100, delays[^1].TotalSeconds);
        }
    }
}

using FsCheck;
using FsCheck.Fluent;
using Sqs.Engine;

namespace Sqs.Tests;

/// <summary>
/// Random operations of several clients, with the clock turned between them, against a model: what is received may be
/// received, nothing that may be received is held back, counts and dead letters agree.
/// </summary>
public class EngineModelTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(120);

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (4, from body in Gen.Choose(0, 9) from key in Gen.Choose(0, 5) select new Step(Kind.Send, body, key)),
        (4, from maximum in Gen.Choose(1, 10) from visibility in Gen.Choose(0, 40) select new Step(Kind.Receive, maximum, visibility)),
        (2, from index in Gen.Choose(0, 30) select new Step(Kind.Delete, index, 0)),
        (2, from index in Gen.Choose(0, 30) from seconds in Gen.Elements(0, 5, 60) select new Step(Kind.Change, index, seconds)),
        (3, from seconds in Gen.Elements(1, 5, 20, 60, 301) select new Step(Kind.Wait, seconds, 0)));

    public enum Kind
    {
        Send,
        Receive,
        Delete,
        Change,
        Wait,
    }

    [Fact]
    public void StandardQueue_RandomOperations_AgreesWithModel() => Check(isFifo: false);

    [Fact]
    public void FifoQueue_RandomOperations_AgreesWithModel() => Check(isFifo: true);

    private static void Check(bool isFifo) => Prop.ForAll(
        Steps.ListOf().ToArbitrary(), steps => RunAsync([.. steps], isFifo).GetAwaiter().GetResult()).Check(Config);

    private static async Task<bool> RunAsync(List<Step> steps, bool isFifo)
    {
        await using var run = new ModelRun(isFifo);
        await run.StartAsync();
        foreach (var step in steps)
        {
            await (step.Kind switch
            {
                Kind.Send => run.SendAsync(step.A, step.B),
                Kind.Receive => run.ReceiveAsync(step.A, step.B),
                Kind.Delete => run.DeleteAsync(step.A),
                Kind.Change => run.ChangeAsync(step.A, step.B),
                _ => run.WaitAsync(step.A),
            });
            run.Compare();
        }

        return true;
    }

    public sealed record Step(Kind Kind, int A, int B);

    /// <summary>The engine and the model side by side.</summary>
    private sealed class ModelRun(bool isFifo) : IAsyncDisposable
    {
        private readonly EngineHarness _sqs = new();
        private readonly QueueModel _model = new(isFifo);
        private readonly List<(ReceiptHandle Handle, ModelMessage Message)> _handles = [];
        private SqsQueue _queue = null!;
        private SqsQueue _deadLetters = null!;
        private int _bodies;

        private long Now => _sqs.Clock.GetUtcNow().ToUnixTimeMilliseconds();

        public async Task StartAsync()
        {
            (string, string)[] fifo = isFifo ? [("FifoQueue", "true")] : [];
            var suffix = isFifo ? ".fifo" : "";
            _deadLetters = await _sqs.CreateAsync("dead" + suffix, fifo);
            var policy = $$"""{"deadLetterTargetArn":"{{_deadLetters.Arn}}","maxReceiveCount":{{QueueModel.MaximumReceives}}}""";
            _queue = await _sqs.CreateAsync("queue" + suffix, [("RedrivePolicy", policy), .. fifo]);
        }

        public async Task SendAsync(int seed, int key)
        {
            var body = $"body {_bodies++}";
            var group = isFifo ? $"g{seed % 3}" : null;
            var id = isFifo ? (seed < 3 ? $"d{key}" : $"unique-{_bodies}") : null;
            var delay = isFifo ? 0 : key * 2;
            await _sqs.SendAsync(_queue, body, group, id, isFifo ? null : delay);
            _model.Send(body, group, id, delay, Now);
        }

        public async Task ReceiveAsync(int maximum, int visibility)
        {
            var received = await _sqs.ReceiveAsync(_queue, maximum, visibility);
            Drain();
            var same = new List<ModelMessage>();
            foreach (var item in received)
            {
                var message = _model.Messages.Single(message => message.Body == EngineHarness.Body(item));
                Assert.True(_model.MayReceive(message, same, Now), $"{message.Body} was received and may not be");
                same.Add(message);
                Assert.Equal(message.Receives + same.Count(other => other == message), item.ReceiveCount);
                _handles.Add((item.Handle, message));
            }

            if (received.Count < maximum)
                Assert.DoesNotContain(_model.Messages, message => _model.MayReceive(message, same, Now));
            foreach (var message in same)
            {
                message.Receives++;
                message.VisibleAt = Now + (visibility * 1000L);
            }
        }

        public async Task DeleteAsync(int index)
        {
            if (_handles.Count == 0) return;
            var (handle, message) = _handles[index % _handles.Count];
            var isLatest = message.Receives == handle.ReceiveNumber;
            var isGone = !_model.Messages.Contains(message);
            var expired = isFifo && !isGone && (!isLatest || message.VisibleAt <= Now);
            if (expired)
            {
                await Assert.ThrowsAsync<SqsException>(() => _sqs.DeleteAsync(_queue, handle));
                return;
            }

            await _sqs.DeleteAsync(_queue, handle);
            if (isLatest) _model.Messages.Remove(message);
        }

        public async Task ChangeAsync(int index, int seconds)
        {
            if (_handles.Count == 0) return;
            var (handle, message) = _handles[index % _handles.Count];
            var valid = _model.Messages.Contains(message) && message.VisibleAt > Now && message.Receives == handle.ReceiveNumber;
            // What an old handle may still do on a standard queue has tests of its own.
            if (!valid) return;
            await _sqs.ChangeAsync(_queue, handle, seconds);
            message.VisibleAt = Now + (seconds * 1000L);
        }

        public Task WaitAsync(int seconds)
        {
            _sqs.Clock.Advance(TimeSpan.FromSeconds(seconds));
            return Task.CompletedTask;
        }

        public void Compare()
        {
            _queue.Messages.Promote(Now);
            Assert.Equal(_model.Messages.Count, _queue.Messages.Count);
            Assert.Equal(_model.Messages.Count(message => message.VisibleAt <= Now), _queue.Messages.Visible);
            Assert.Equal(
                _model.Messages.Count(message => message.VisibleAt > Now), _queue.Messages.InFlight + _queue.Messages.Delayed);
        }

        public ValueTask DisposeAsync() => _sqs.DisposeAsync();

        /// <summary>Which of the exhausted messages a call comes upon is SQS's to choose; that it is exhausted is not.</summary>
        private void Drain()
        {
            var moved = _deadLetters.Messages.All().Select(message => System.Text.Encoding.UTF8.GetString(message.Body.Span)).ToHashSet();
            foreach (var message in _model.Messages.Where(message => moved.Contains(message.Body)).ToList())
            {
                Assert.Contains(message, _model.Exhausted(Now));
                _model.Messages.Remove(message);
            }
        }
    }
}

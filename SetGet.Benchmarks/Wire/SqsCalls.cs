using System.Collections.Concurrent;
using System.Text;

namespace SetGet.Benchmarks.Wire;

/// <summary>Counts the requests that go to SQS in its JSON protocol, by their operation.</summary>
internal sealed class SqsCalls
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>All of them that begin so, for example <c>SendMessage</c> and <c>SendMessageBatch</c>.</summary>
    internal long Of(string operation) => _counts.Where(each => each.Key.StartsWith(operation, StringComparison.Ordinal)).Sum(each => each.Value);

    internal long All => _counts.Values.Sum();

    internal IWireWatcher Watch() => new Watcher(_counts);

    /// <summary>Looks for the header <c>X-Amz-Target: AmazonSQS.Operation</c>, which may lie across two pieces.</summary>
    private sealed class Watcher(ConcurrentDictionary<string, long> counts) : IWireWatcher
    {
        private const int LongestOperation = 64;
        private readonly byte[] _joined = new byte[(2 * LongestOperation) + (64 * 1024)];
        private int _kept;

        private static ReadOnlySpan<byte> Target => "AmazonSQS."u8;

        public void Sent(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_joined.AsSpan(_kept));
            var text = _joined.AsSpan(0, _kept + bytes.Length);
            for (var at = text.IndexOf(Target); at >= 0; at = text.IndexOf(Target))
            {
                var name = text[(at + Target.Length)..];
                var end = name.IndexOf((byte)'\r');
                if (end < 0)
                {
                    Keep(text[at..]);
                    return;
                }

                counts.AddOrUpdate(Encoding.ASCII.GetString(name[..end]), 1, static (_, count) => count + 1);
                text = name[end..];
            }

            Keep(text[Math.Max(0, text.Length - Target.Length + 1)..]);
        }

        public void Answered(ReadOnlySpan<byte> bytes)
        {
            // Answers are not counted.
        }

        private void Keep(Span<byte> rest)
        {
            _kept = Math.Min(rest.Length, LongestOperation);
            rest[(rest.Length - _kept)..].CopyTo(_joined);
        }
    }
}

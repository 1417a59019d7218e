namespace SetGet.Benchmarks.Wire;

/// <summary>
/// Counts commands that clients send to Redis (what a script calls is none of them), and round trips: a round trip begins with a command that goes
/// out when there is no other whose answer is still awaited entirely. What goes out together, pipelined, is one.
/// </summary>
internal sealed class RedisCalls
{
    private long _commands;
    private long _roundTrips;

    internal long Commands => Interlocked.Read(ref _commands);

    internal long RoundTrips => Interlocked.Read(ref _roundTrips);

    internal IWireWatcher Watch() => new Watcher(this);

    private sealed class Watcher(RedisCalls calls) : IWireWatcher
    {
        private int _awaitsAnswer;

        // Bytes of an argument that are still to come, with its line end; arguments of the command that are; the number of a line that was cut.
        private long _skip;
        private long _arguments;
        private long _number = -1;

        public void Sent(ReadOnlySpan<byte> bytes)
        {
            var began = CountCommands(bytes);
            if (began == 0) return;
            Interlocked.Add(ref calls._commands, began);
            if (Interlocked.Exchange(ref _awaitsAnswer, 1) == 0) Interlocked.Increment(ref calls._roundTrips);
        }

        public void Answered(ReadOnlySpan<byte> bytes) => Volatile.Write(ref _awaitsAnswer, 0);

        // A command is "*N\r\n" and N times "$LENGTH\r\n", LENGTH bytes and "\r\n".
        private int CountCommands(ReadOnlySpan<byte> bytes)
        {
            var began = 0;
            while (!bytes.IsEmpty)
            {
                if (_skip > 0)
                {
                    var skipped = (int)Math.Min(_skip, bytes.Length);
                    _skip -= skipped;
                    bytes = bytes[skipped..];
                    continue;
                }

                var next = bytes[0];
                bytes = bytes[1..];
                if (next is (byte)'*' or (byte)'$') _number = 0;
                else if (next is >= (byte)'0' and <= (byte)'9') _number = (_number * 10) + next - '0';
                else if (next == (byte)'\n' && _number >= 0) began += EndLine();
            }

            return began;
        }

        // Answers 1 where a command begins with the line.
        private int EndLine()
        {
            var number = _number;
            _number = -1;
            if (_arguments == 0)
            {
                _arguments = number;
                return 1;
            }

            _arguments--;
            _skip = number + 2;
            return 0;
        }
    }
}

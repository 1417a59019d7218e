using System.IO.MemoryMappedFiles;

namespace SetGet.Tests.Fuzzing;

/// <summary>
/// Keeps the input that runs in a file, where it is left by an end of the process that nothing can catch (the stack's), and ends the process itself where an
/// input runs for too long.
/// </summary>
internal sealed class Watch : IDisposable
{
    /// <summary>Far more than any input needs, on a machine that has other work too.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private const int Capacity = 1 << 20;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly ITimer _timer;
    private readonly string _path;
    private readonly Lock _lock = new();
    private long _began;

    public Watch(string folder, string target)
    {
        Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, target + ".running");
        _file = MemoryMappedFile.CreateFromFile(_path, FileMode.Create, null, Capacity);
        _view = _file.CreateViewAccessor();
        _timer = TimeProvider.System.CreateTimer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void Begin(byte[] input)
    {
        _view.Write(0, input.Length);
        _view.WriteArray(sizeof(int), input, 0, Math.Min(input.Length, Capacity - sizeof(int)));
        Volatile.Write(ref _began, TimeProvider.System.GetTimestamp());
    }

    public void End() => Volatile.Write(ref _began, 0);

    /// <summary>What ran when a former process ended; null where none was left.</summary>
    public static byte[]? Left(string folder, string target)
    {
        var path = Path.Combine(folder, target + ".running");
        if (!File.Exists(path)) return null;
        var bytes = File.ReadAllBytes(path);
        return bytes.AsSpan(sizeof(int), Math.Min(BitConverter.ToInt32(bytes), bytes.Length - sizeof(int))).ToArray();
    }

    public void Dispose()
    {
        _timer.Dispose();
        // A look that is under way ends before what it looks at does.
        lock (_lock)
        {
            _view.Dispose();
            _file.Dispose();
            File.Delete(_path);
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            var began = Volatile.Read(ref _began);
            if (began == 0 || TimeProvider.System.GetElapsedTime(began) < Longest) return;
            Environment.FailFast($"An input runs for more than {Longest.TotalSeconds} seconds; it is in {_path}, behind four bytes of its length.");
        }
    }
}

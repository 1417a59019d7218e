using System.Runtime.InteropServices;

namespace SetGet.Benchmarks.Http;

/// <summary>Linux's <c>ppoll</c>: which of some sockets have something to read, waiting to the microsecond. What .NET has waits whole milliseconds.</summary>
internal static class Readiness
{
    private const short Readable = 1;

    /// <summary>Waits until one has something to read, or for that long.</summary>
    internal static void Wait(Watched[] sockets, TimeSpan atMost)
    {
        var limit = atMost <= TimeSpan.Zero ? default : new Time((nint)Math.Truncate(atMost.TotalSeconds), (nint)(atMost.Ticks % TimeSpan.TicksPerSecond * 100));
        if (Poll(sockets, (nuint)sockets.Length, in limit, 0) >= 0) return;
        // Interrupted by a signal, as debuggers and profilers send them: nothing is ready then.
        for (var i = 0; i < sockets.Length; i++) sockets[i] = new Watched(sockets[i].Descriptor);
    }

    // A member of the C library by its name: LibraryImport would ask for unsafe code in all of the project, and these arguments need no marshalling.
#pragma warning disable SYSLIB1054
    [DllImport("libc", EntryPoint = "ppoll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll([In, Out] Watched[] sockets, nuint count, in Time limit, nint signals);
#pragma warning restore SYSLIB1054

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct Watched(int descriptor)
    {
        private readonly int _descriptor = descriptor;
        private readonly short _wanted = Readable;
        private readonly short _found = 0;

        internal int Descriptor => _descriptor;

        internal bool IsReady => _found != 0;
    }

    /// <summary><c>struct timespec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Time(nint Seconds, nint Nanoseconds);
}

using System.Runtime.InteropServices;

namespace Aspire.Hosting.Engine.Processes;

/// <summary>What the C library does and .NET does not: sessions of their own, signals to groups.</summary>
internal static unsafe partial class LibC
{
    public const int Sigkill = 9;
    public const int Sigterm = 15;

    private const string Library = "libc";

    /// <summary>Larger than any system's posix_spawnattr_t, posix_spawn_file_actions_t or sigset_t.</summary>
    private const int OpaqueSize = 1024;

    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const int Interrupted = 4;

    private static short SetSession => OperatingSystem.IsMacOS() ? (short)0x0400 : (short)0x80;

    /// <summary>Starts a program as the leader of a session of its own, with default signals.</summary>
    /// <returns>The process id, or the negative error number.</returns>
    public static int Spawn(string path, IReadOnlyList<string> arguments, IEnumerable<string> environment, int stdin, int stdout, int stderr)
    {
        var actions = stackalloc byte[OpaqueSize];
        var attributes = stackalloc byte[OpaqueSize];
        var signals = stackalloc byte[OpaqueSize];
        using var argv = new StringArray(arguments);
        using var envp = new StringArray(environment);
        _ = posix_spawn_file_actions_init(actions);
        _ = posix_spawnattr_init(attributes);
        try
        {
            _ = posix_spawn_file_actions_adddup2(actions, stdin, 0);
            _ = posix_spawn_file_actions_adddup2(actions, stdout, 1);
            _ = posix_spawn_file_actions_adddup2(actions, stderr, 2);
            _ = sigemptyset(signals);
            _ = posix_spawnattr_setsigmask(attributes, signals);
            _ = sigfillset(signals);
            _ = posix_spawnattr_setsigdefault(attributes, signals);
            _ = posix_spawnattr_setflags(attributes, (short)(SetSession | SetSignalDefaults | SetSignalMask));
            int pid;
            var error = posix_spawn(&pid, path, actions, attributes, argv.Pointer, envp.Pointer);
            return error == 0 ? pid : -error;
        }
        finally
        {
            _ = posix_spawnattr_destroy(attributes);
            _ = posix_spawn_file_actions_destroy(actions);
        }
    }

    /// <summary>Blocks until a child ends.</summary>
    /// <returns>Its exit code; 128 and the signal's number where a signal ended it.</returns>
    public static int Wait(int pid)
    {
        int status;
        while (waitpid(pid, &status, 0) < 0)
            if (Marshal.GetLastPInvokeError() != Interrupted)
                return -1;
        var signal = status & 0x7f;
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }

    public static void KillGroup(int leader, int signal) => _ = kill(-leader, signal);

    public static int ParentId() => getppid();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn(int* pid, string path, byte* actions, byte* attributes, byte** argv, byte** envp);

    [LibraryImport(Library)]
    private static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport(Library)]
    private static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport(Library)]
    private static partial int posix_spawn_file_actions_adddup2(byte* actions, int from, int to);

    [LibraryImport(Library)]
    private static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport(Library)]
    private static partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport(Library)]
    private static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport(Library)]
    private static partial int posix_spawnattr_setsigmask(byte* attributes, byte* signals);

    [LibraryImport(Library)]
    private static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

    [LibraryImport(Library)]
    private static partial int sigemptyset(byte* signals);

    [LibraryImport(Library)]
    private static partial int sigfillset(byte* signals);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int waitpid(int pid, int* status, int options);

    [LibraryImport(Library)]
    private static partial int kill(int pid, int signal);

    [LibraryImport(Library)]
    private static partial int getppid();

    /// <summary>A null-terminated array of UTF-8 strings.</summary>
    private sealed class StringArray : IDisposable
    {
        private readonly List<nint> _strings;

        public StringArray(IEnumerable<string> strings)
        {
            _strings = [.. strings.Select(Marshal.StringToCoTaskMemUTF8)];
            Pointer = (byte**)NativeMemory.Alloc((nuint)(_strings.Count + 1), (nuint)sizeof(byte*));
            for (var i = 0; i < _strings.Count; i++)
                Pointer[i] = (byte*)_strings[i];
            Pointer[_strings.Count] = null;
        }

        public byte** Pointer { get; }

        public void Dispose()
        {
            foreach (var text in _strings)
                Marshal.FreeCoTaskMem(text);
            NativeMemory.Free(Pointer);
        }
    }
}

using System.Net.Sockets;

namespace Redis;

/// <summary>Garnet's own settings, for a laptop.</summary>
internal static class GarnetArguments
{
    public static string[] Of(ServerOptions options, DataFolder? data)
    => [
        "--port", $"{options.Port}",
        "--bind", Socket.OSSupportsIPv6 ? "127.0.0.1,::1" : "127.0.0.1",
        "-q", "true",
        // Scripts are atomic, as Redis's are.
        "--lua", "true", "--lua-transaction-mode", "true",
        "--memory", options.Memory, "--index", "16m",
        .. data is null ? [] : Persistence(data.Path, options.CompactAt),
    ];

    private static string[] Persistence(string folder, string compactAt)
    => [
        "--checkpointdir", folder,
        // What memory does not hold goes to the disk. Without a tier Garnet drops it, and says nothing.
        "--storage-tier", "true", "--logdir", folder,
        // The native device wants a library that not every machine has.
        "--device-type", "RandomAccess",
        // An answer waits until the log has what it promises: so that the end of the process, at any moment, loses nothing of it.
        "--aof", "true", "--aof-commit-wait", "true",
        // A page of the log is at least two of the memory's.
        "--aof-memory", "64m", "--aof-page-size", "32m",
        "--aof-size-limit", compactAt, "--aof-size-limit-enforce-frequency", "1",
        "--recover", "true", "--fail-on-recovery-error", "true",
    ];
}

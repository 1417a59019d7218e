namespace Redis;

/// <summary>The folder that keeps the data: this process's alone, for as long as it is open.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "redis.lock";

    /// <summary>What Garnet writes; and the files with which a former version of this server's users gave it its password.</summary>
    private static readonly string[] Known = ["AOF", "Store", "ObjectStore", "checkpoints", LockName, "garnet.conf"];

    private static readonly string[] RedisServer = ["appendonlydir", "dump.rdb", "appendonly.aof"];

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    public string Path { get; }

    /// <exception cref="StartException">The folder cannot be used, or holds another server's data.</exception>
    public static DataFolder Open(string path)
    {
        var folder = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(folder);
            Refuse(folder);
            return new DataFolder(
                folder, new FileStream(System.IO.Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"--data {folder} is in use, or cannot be written: {exception.Message}");
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Refuses what Garnet did not write: it would begin with nothing beside it, and nobody would know.</summary>
    private static void Refuse(string folder)
    {
        var names = Directory.EnumerateFileSystemEntries(folder).Select(entry => System.IO.Path.GetFileName(entry)).ToList();
        if (RedisServer.FirstOrDefault(names.Contains) is { } redis)
            throw new StartException(
                $"--data {folder} holds data of redis-server ({redis}), which Garnet does not read. Delete the folder to begin with nothing, or run "
                    + "redis-server --dir on it to read it.");
        if (names.Except(Known).FirstOrDefault() is { } unknown)
            throw new StartException($"--data {folder} holds what Garnet did not write ({unknown}). Choose an empty folder, or one of Garnet's.");
    }
}

namespace Testing;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sqs-test-").FullName;

    /// <summary>A copy of the files as they are, those that a server has open among them; the lock stays behind.</summary>
    public async Task<TemporaryFolder> CopyAsync()
    {
        var copy = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Path).Where(file => System.IO.Path.GetFileName(file) != "lock"))
            await File.WriteAllBytesAsync(System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)), await ReadAsync(file), CancellationToken.None);
        return copy;
    }

    /// <summary>A file's bytes, though somebody else writes it.</summary>
    public static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, CancellationToken.None);
        return bytes;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

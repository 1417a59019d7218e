using Microsoft.Win32.SafeHandles;

namespace Aws.Sqs.Storage;

/// <summary>Appends frames to the log files, one file per segment. Used by the journal's thread alone.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly string _folder;
    private SafeFileHandle? _file;
    private long _segment = -1;
    private long _position;

    public LogWriter(string folder) => _folder = folder;

    public long BytesWritten { get; private set; }

    public void Write(long segment, ReadOnlyMemory<byte> frame)
    {
        if (segment != _segment) Open(segment);
        RandomAccess.Write(_file!, frame.Span, _position);
        _position += frame.Length;
        BytesWritten += frame.Length;
    }

    public void Sync() => DiskSync.Data(_file!);

    public void Dispose() => _file?.Dispose();

    private void Open(long segment)
    {
        if (_file is not null)
        {
            Sync();
            _file.Dispose();
        }

        _file = File.OpenHandle(DataFiles.Log(_folder, segment), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        RandomAccess.Write(_file, DataFiles.Magic, 0);
        DiskSync.Folder(_folder);
        _segment = segment;
        _position = DataFiles.Magic.Length;
    }
}

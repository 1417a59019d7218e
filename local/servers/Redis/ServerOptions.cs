namespace Redis;

/// <summary>How the server is to run.</summary>
/// <param name="Port">Loopback port; 0 for any free one.</param>
/// <param name="DataFolder">Keeps the data; null for memory only.</param>
/// <param name="CompactAt">Size of the log from which on a checkpoint replaces it, such as <c>128m</c>.</param>
/// <param name="Memory">What the data may take of it, such as <c>1g</c>. More goes to the folder; where there is none the oldest data is dropped.</param>
/// <param name="Password">What clients must give; null or empty for none. Never an argument: those are read by everybody on the machine.</param>
internal sealed record ServerOptions(int Port, string? DataFolder, string CompactAt, string Memory, string? Password)
{
    internal const string DefaultCompactAt = "128m";
    internal const string DefaultMemory = "1g";
}

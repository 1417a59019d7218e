using System.Collections;
using System.Diagnostics;

// Tells what it was started with, and ends when asked to: what the engine's tests look at.
var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

WriteProcess(Environment.ProcessId);
app.MapGet("/health", () => "fine");
app.MapGet("/process", () => Environment.ProcessId);
app.MapGet("/arguments", () => args);
app.MapGet("/environment", () => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(v => (string)v.Key, v => (string?)v.Value, StringComparer.Ordinal));
app.MapPost("/child", () =>
{
    var child = Process.Start("sleep", "1000");
    WriteProcess(child.Id);
    return child.Id;
});
app.MapPost("/exit/{code:int}", (int code) =>
{
    Console.Error.WriteLine($"leaving with {code}");
    Environment.Exit(code);
});
app.Run();

static void WriteProcess(int id)
{
    if (Environment.GetEnvironmentVariable("PROCESSES") is { Length: > 0 } folder)
        File.WriteAllText(Path.Combine(folder, $"{id}"), "");
}

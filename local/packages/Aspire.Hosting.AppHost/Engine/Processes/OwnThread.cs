namespace Aspire.Hosting.Engine.Processes;

/// <summary>
/// Runs what blocks for long (a read from a pipe, a wait for an exit) on a thread of its own, so that a dozen processes do
/// not use up the thread pool.
/// </summary>
internal static class OwnThread
{
    private const int StackBytes = 256 * 1024;

    public static Task Run(string name, Action body)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                try
                {
                    body();
                    done.TrySetResult();
                }
#pragma warning disable CA1031 // The exception is the task's.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    done.TrySetException(exception);
                }
            },
            StackBytes) { IsBackground = true, Name = name };
        thread.Start();
        return done.Task;
    }
}

using Aws;

// The socket threads run the handlers themselves: they never block, and each hand-over would cost as much as a request. Read
// once, by the first socket.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
return await ServerCommand.Create().Parse(args).InvokeAsync();

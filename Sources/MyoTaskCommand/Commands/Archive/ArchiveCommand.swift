import ArgumentParser

/// `myotask archive`: what shards did, and shards put together.
struct ArchiveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Say what shards of convert, filter and window did, and put it together.",
        discussion: """
            Processes with --shard i/n write into one archive, or each into an archive of its own \
            on a disk of its own. Examples:
              myotask archive status archive
              myotask archive merge archive
              myotask archive merge /local/*/archive --output archive
              myotask archive merge windows.h5

            See docs/cluster/shards.md.
            """,
        subcommands: [ArchiveStatusCommand.self, ArchiveMergeCommand.self])
}

import ArgumentParser

/// `myotask label`: labels added to recordings, and recordings given other names.
struct LabelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label",
        abstract: "Label recordings: from tables of events, by onset detection, or by hand.",
        discussion: """
            Everything is decided in the edit file of the archive, as on the page of "myotask \
            review": the archive never changes, "myotask build --edits" applies it, and the page takes \
            it back with U. Examples:
              myotask label import archive events/ --unit ms
              myotask label detect archive --class open --rest relax --accept
              myotask label paint archive p1/day1/111 --start 2.5 --end 4 --class pinch --new
              myotask label rename archive --patient p7_left --to-patient p7

            See docs/review/labels.md.
            """,
        subcommands: [
            LabelImportCommand.self, LabelDetectCommand.self, LabelPaintCommand.self,
            LabelRenameCommand.self,
        ])
}

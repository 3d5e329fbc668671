/// What Slurm says of jobs at a moment.
package struct SlurmListing: Sendable, Hashable {
    /// What it says of one job, or of one task of an array.
    package struct Entry: Sendable, Hashable {
        /// The state; `nil` for a word that this version does not know.
        package let state: SlurmState?
        /// The word itself.
        package let word: String
        /// Why it waits, as Slurm says it; empty when it says nothing.
        package let reason: String
    }

    private struct Place: Hashable {
        let job: String
        let index: Int?
    }

    private var entries: [Place: Entry] = [:]

    /// A listing of nothing.
    package init() {}

    /// The options of `squeue` whose output ``add(queue:)`` reads.
    static let queueFormat = ["--noheader", "--array", "--states=all", "--format=%i|%T|%r"]

    /// The options of `sacct` whose output ``add(accounting:)`` reads.
    static let accountingFormat = [
        "--noheader", "--parsable2", "--allocations", "--format=JobID,State",
    ]

    /// Adds lines of `squeue`, as `123_4|RUNNING|None`.
    package mutating func add(queue text: String) { add(text, replacing: true) }

    /// Adds lines of `sacct`, as `123_4|CANCELLED by 1000`; what `squeue` said counts more.
    package mutating func add(accounting text: String) { add(text, replacing: false) }

    private mutating func add(_ text: String, replacing isNewer: Bool) {
        for line in text.split(separator: "\n") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            guard cells.count >= 2, let tasks = SlurmTasks(cells[0].filter { $0 != " " }) else {
                continue
            }
            let reason = cells.count > 2 ? String(cells[2]) : ""
            let entry = Entry(
                state: SlurmState(parsing: cells[1]), word: String(cells[1]),
                reason: ["None", "(null)"].contains(reason) ? "" : reason)
            for index in tasks.indices.map({ $0.map(Optional.some) }) ?? [nil] {
                let place = Place(job: tasks.job, index: index)
                if isNewer || entries[place] == nil { entries[place] = entry }
            }
        }
    }

    /// What is said of a job; `nil` when nothing is.
    ///
    /// - Parameters:
    ///   - job: Its number.
    ///   - index: The task of an array; `nil` for a job that is none.
    /// - Returns: What is said.
    package func entry(of job: String, index: Int?) -> Entry? {
        entries[Place(job: job, index: index)]
    }
}

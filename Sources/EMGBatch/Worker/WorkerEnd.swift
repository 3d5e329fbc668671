internal import EMGIngest

/// How a worker ended while it had work.
struct WorkerEnd: Error {
    /// What was seen of it.
    let reason: String
    /// Whether it had to be ended because it got nowhere.
    let isHang: Bool

    /// The end as a fault of the file that it worked on.
    func fault(of path: String) -> IngestError {
        IngestError(
            .crashed(reason: reason), at: SourceLocation(file: path),
            hint: "the file is probably damaged in a way that its format's library does not "
                + "survive; the other files are not affected")
    }
}

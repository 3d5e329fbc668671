internal import EMGIngest
internal import EMGSignal

/// What a worker answers: one line of JSON each.
enum WorkerAnswer: Codable {
    /// The job is done so far, from 0 to 1.
    case progress(Double)
    /// What the file is.
    case found(WorkerSource, warnings: [IngestWarning], isFromPlace: Bool)
    /// What the parts of the source hold.
    case inspected([RecordingInspection])
    /// What came of a conversion.
    case converted(BatchItem)
    /// The job cannot be done.
    case failed(IngestError)
    /// The library got nowhere for so many seconds of work: the worker ends itself.
    case stuck(seconds: Int)
}

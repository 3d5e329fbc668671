package import EMGBatch

/// Something that happens while an experiment is done, for showing.
package enum PipelineEvent: Sendable {
    /// A step needs nothing.
    case upToDate(step: String)
    /// A step begins, for a reason.
    case started(step: String, why: String)
    /// How far a step is; `verb` says what is done to an item.
    case progress(BatchProgress, verb: String)
    /// A step is done.
    case done(step: String, summary: String)
    /// Something to know although it went well.
    case warning(String)
    /// Something that could not be used; the rest goes on.
    case refused(String)
    /// Another process prepares the data; this one waits.
    case waiting
    /// A run of the training.
    case run(SweepRunner.Event)
}

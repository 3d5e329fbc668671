/// What a decoder says about a window.
public struct Decision: Sendable, Hashable {
    /// The number of the decision, counted from 0.
    public var index: Int
    /// The last sample of its window, counted from 0 from the beginning of the stream.
    public var sample: Int
    /// The class that the model finds likeliest; `nil` when there was no whole window of good
    /// samples, or the model had no number for it.
    public var likeliestClass: Int?
    /// What the control layer makes of it; the class that is put out is ``ControlOutput/label``.
    public var output: ControlOutput
}

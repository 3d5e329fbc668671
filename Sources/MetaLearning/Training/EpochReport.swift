/// What a meta-epoch gave.
public struct EpochReport: Sendable, Hashable {
    /// The meta-epoch, counted from 1.
    public let epoch: Int
    /// The outer learning rate in it.
    public let learningRate: Double
    /// The mean over training tasks of the query loss after adaptation.
    public let trainLoss: Double
    /// The mean over training tasks of the query accuracy after adaptation.
    public let trainAccuracy: Double
    /// The mean over validation tasks of the query loss after adaptation, when there are any.
    public let validationLoss: Double?
    /// The mean over validation tasks of the query accuracy after adaptation.
    public let validationAccuracy: Double?
    /// How long it took, validation included.
    public let seconds: Double
    /// What each rank's time went into; empty for a training in one process.
    package var ranks: [RankReport] = []
}

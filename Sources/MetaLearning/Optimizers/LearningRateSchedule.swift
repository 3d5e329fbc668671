public import Documents

/// How the outer learning rate falls from meta-epoch to meta-epoch, with its settings.
///
/// The library's schedules are PyTorch's, listed by `myotask kinds`; a package outside adds its
/// own to the ``Documents/Kinds`` that documents are read with, which then call it by its key, as
/// `outer: {schedule: {kind: linear}}`.
public protocol LearningRateSchedule: DescribedKind {
    /// The rate in an epoch.
    ///
    /// A function of what came before alone, so that a run that is resumed needs no state of it.
    ///
    /// - Parameters:
    ///   - base: The rate in the first epoch.
    ///   - epoch: The epoch, counted from 0.
    ///   - epochs: How many epochs there are.
    ///   - losses: The losses of the epochs before: on the validation tasks, or on the training
    ///     tasks when there are none.
    /// - Returns: The rate.
    func rate(_ base: Double, epoch: Int, of epochs: Int, losses: [Double]) -> Double
}

extension Registry<any LearningRateSchedule> {
    /// The library's schedules.
    package static var standard: Registry {
        Registry([
            .init(StepSchedule.self) { $0 }, .init(CosineSchedule.self) { $0 },
            .init(PlateauSchedule.self) { $0 },
        ])
    }
}

extension Kinds {
    /// Adds a schedule of the learning rate of a package outside.
    ///
    /// - Parameter type: Its type; its key is not one of the library's or of those added before.
    public mutating func add<Kind: LearningRateSchedule>(schedule type: Kind.Type) {
        add(Registry<any LearningRateSchedule>.Entry(type) { $0 })
    }
}

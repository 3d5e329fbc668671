import EMGArchive
import EMGSignal
import MetaLearning

/// The mean absolute value of each channel of windows, in the unit that they were recorded in:
/// what normalization took from them is given back, as it may hide how strong a channel is beside
/// its neighbors and how strong one task is beside another.
struct WindowAmplitudes: Sendable {
    private let coefficients: [String: CollectionManifest.Coefficients]

    /// Creates the features of a collection's windows.
    ///
    /// - Parameter manifest: The collection's manifest.
    init(_ manifest: CollectionManifest) {
        coefficients = manifest.coefficients
    }

    /// The amplitudes of windows.
    ///
    /// - Parameters:
    ///   - windows: Windows of a task.
    ///   - id: The task's id.
    /// - Returns: `[windows × channels]`, row after row.
    func rows(of windows: WindowSet, in id: String) -> [Double] {
        windows.meanAmplitudes(givingBack: scaling(of: windows, in: id))
    }

    /// Windows as they were before they were normalized.
    ///
    /// - Parameters:
    ///   - windows: Windows of a task.
    ///   - id: The task's id.
    /// - Returns: As many windows.
    /// - Throws: `MetaLearningError` never, as windows that fit a signal fit it raw.
    func raw(_ windows: WindowSet, in id: String) throws(MetaLearningError) -> WindowSet {
        guard let scaling = scaling(of: windows, in: id) else { return windows }
        return try WindowSet(
            signal: scaling.raw(windows.signal), channelCount: windows.channelCount,
            windowLength: windows.windowLength, starts: windows.starts, labels: windows.labels)
    }

    /// What a varied task is normalized with goes with its windows.
    private func scaling(of windows: WindowSet, in id: String) -> ChannelScaling? {
        windows.scaling ?? coefficients[id]?.scaling
    }
}

extension CollectionManifest.Coefficients {
    /// The coefficients of a task's windows.
    var scaling: ChannelScaling { ChannelScaling(offset: offset, scale: scale) }
}

extension CollectionManifest {
    /// Whose each task is, by its id.
    var patients: [String: String] {
        Dictionary(
            tasks.map { ($0.id, $0.identity.patient) }, uniquingKeysWith: { first, _ in first })
    }

    /// What each task was normalized with, by its id.
    var coefficients: [String: Coefficients] {
        Dictionary(
            tasks.map { ($0.id, $0.normalization) }, uniquingKeysWith: { first, _ in first })
    }
}

internal import EMGArchive
private import EMGTasks
internal import MetaLearning
private import SeededRandom

/// The augmentations of a collection's manifest as a variation of training windows.
struct AugmentedWindows: WindowVariation {
    private let augmentations: [AugmentationStep]
    private let channelCount: Int
    private let windowLength: Int

    /// - Returns: `nil` when the manifest asks for none.
    /// - Throws: `DocumentError` for an augmentation that this software does not know.
    init?(_ manifest: CollectionManifest) throws {
        augmentations = try AugmentationStep.all(of: manifest)
        channelCount = manifest.channels.count
        windowLength = manifest.window.length
        if augmentations.isEmpty { return nil }
    }

    var summary: String { augmentations.map(\.name).joined(separator: ", ") }

    func vary(_ window: inout [Float], layout: WindowSet.Layout, draw: UInt64) {
        var generator = SeededGenerator(seed: draw)
        augmentations.apply(
            to: &window, channelCount: channelCount, windowLength: windowLength,
            layout: layout == .channelMajor ? .channelsFirst : .samplesFirst, using: &generator)
    }
}

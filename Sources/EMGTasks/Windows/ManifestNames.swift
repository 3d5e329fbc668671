public import EMGArchive

/// Which label a window of several samples gets.
public typealias LabelRule = CollectionManifest.LabelRule
/// How samples are scaled before a model sees them; always fitted on the support alone.
public typealias NormalizationMethod = CollectionManifest.Normalization.Method

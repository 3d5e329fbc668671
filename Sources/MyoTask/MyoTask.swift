// The front door: `import MyoTask` is enough for everything in README and docs, from raw files to a
// running decoder, and for a package that adds kinds of its own.

@_exported public import ArrayCollections
@_exported public import Autodiff
@_exported public import Decoding
@_exported public import Documents
@_exported public import EMGArchive
@_exported public import EMGBatch
@_exported public import EMGEpisodes
@_exported public import EMGExport
@_exported public import EMGFeatures
@_exported public import EMGFilters
@_exported public import EMGFormats
@_exported public import EMGIngest
@_exported public import EMGLabeling
@_exported public import EMGSignal
@_exported public import EMGSynth
@_exported public import EMGTasks
@_exported public import ErrorReports
@_exported public import Experiments
@_exported public import Figures
@_exported public import MetaLearning
@_exported public import MyoTaskCommand
@_exported public import SeededRandom
@_exported public import Spectra
@_exported public import TaskDraws

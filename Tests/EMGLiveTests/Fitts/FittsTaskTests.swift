import EMGLive

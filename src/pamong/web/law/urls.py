"""The addresses of the law pages. They are open to everyone."""

from __future__ import annotations

from django.urls import path

from pamong.web.law import views

app_name = "law"
urlpatterns = [
    path("", views.overview, name="index"),
    path("parameter/<slug:area>/<slug:name>/", views.parameter, name="parameter"),
    path("peraturan/", views.regulations, name="regulations"),
    path("peraturan/<slug:code>/", views.regulation, name="regulation"),
    path("profil/<slug:code>/", views.profile, name="profile"),
]
